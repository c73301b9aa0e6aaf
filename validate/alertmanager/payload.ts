import { createHash } from 'node:crypto';
import { escapeAsGo } from '../../config/values/cel/values.js';
import type { Alert } from './alerts.js';
import type { AlertLabels } from './matchers.js';
import { fullReceiverName } from './routes.js';
import type { Route } from './routes.js';

/** What Alertmanager posts to a webhook, version 4. */
export interface AlertmanagerPayload {
  readonly receiver: string;
  readonly status: 'firing' | 'resolved';
  readonly alerts: readonly PayloadAlert[];
  readonly groupLabels: AlertLabels;
  readonly commonLabels: AlertLabels;
  readonly commonAnnotations: Readonly<Record<string, string>>;
  readonly externalURL: string;
  readonly version: '4';
  readonly groupKey: string;
  readonly truncatedAlerts: number;
}

/** Its fields. */
export const payloadFields: readonly (keyof AlertmanagerPayload)[] = [
  'receiver',
  'status',
  'alerts',
  'groupLabels',
  'commonLabels',
  'commonAnnotations',
  'externalURL',
  'version',
  'groupKey',
  'truncatedAlerts',
];

export interface PayloadAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: AlertLabels;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
  readonly fingerprint: string;
}

/** When a sample alert begins to fire: a fixed time, and, for conditions on the time, every hour of its week. */
export const sampleStarts: readonly string[] = Array.from({ length: 7 * 24 }, (_, hour) =>
  new Date(Date.UTC(2026, 0, 28, 8 + hour, 15, 30, 519)).toISOString(),
);

const [sampleStart = ''] = sampleStarts;

/** What Alertmanager sends when this alert fires and this route takes it. */
export function firingPayload(alert: Alert, route: Route, startsAt = sampleStart): AlertmanagerPayload {
  return groupPayload(route, [firingAlert(alert.labels, startsAt)]);
}

export function firingAlert(labels: AlertLabels, startsAt = sampleStart): PayloadAlert {
  return {
    status: 'firing',
    labels,
    annotations: { summary: 'Made up for a rehearsal.' },
    startsAt,
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'http://prometheus.example.com/graph',
    fingerprint: fingerprintOf(labels),
  };
}

export function resolvedAlert(alert: PayloadAlert): PayloadAlert {
  return { ...alert, status: 'resolved', endsAt: '2026-02-28T10:45:00.519Z' };
}

/** The payload of one group: firing as long as one of its alerts is. */
export function groupPayload(route: Route, alerts: readonly PayloadAlert[]): AlertmanagerPayload {
  const [first] = alerts;
  const groupLabels = pick(first?.labels ?? {}, route.groupBy);
  const isFiring = alerts.some((alert) => alert.status === 'firing');
  return {
    receiver: fullReceiverName(route),
    status: isFiring ? 'firing' : 'resolved',
    alerts,
    groupLabels,
    commonLabels: commonOf(alerts.map((alert) => alert.labels)),
    commonAnnotations: commonOf(alerts.map((alert) => alert.annotations)),
    externalURL: 'http://alertmanager.example.com',
    version: '4',
    groupKey: `{}/{}:{${Object.entries(groupLabels)
      .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
      .join(', ')}}`,
    truncatedAlerts: 0,
  };
}

/** The request body, as Go writes it. */
export function formatPayload(payload: AlertmanagerPayload): string {
  return escapeAsGo(JSON.stringify(payload));
}

/** 16 hexadecimal digits that depend on all labels, as Alertmanager's do; not the same hash. */
function fingerprintOf(labels: AlertLabels): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}

function pick(labels: AlertLabels, names: readonly string[]): AlertLabels {
  if (names.includes('...')) return labels;
  return Object.fromEntries(Object.entries(labels).filter(([label]) => names.includes(label)));
}

function commonOf(all: readonly AlertLabels[]): AlertLabels {
  const [first = {}, ...others] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([label, value]) => others.every((other) => other[label] === value)),
  );
}
