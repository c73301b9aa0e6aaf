import { createTriggerCel } from '../../config/values/cel.js';
import { canonicalHeaders } from '../../config/values/cel/headers.js';
import type { Manifest } from '../../synth/manifest.js';
import type { Alert } from '../alertmanager/alerts.js';
import { firingPayload, formatPayload, sampleStarts } from '../alertmanager/payload.js';
import type { AlertmanagerPayload } from '../alertmanager/payload.js';
import type { Route } from '../alertmanager/routes.js';
import type { Cluster } from '../cluster.js';
import { DemandIndex } from '../demand-index.js';
import type { Demand } from '../demand-index.js';
import { intercept, isCel } from '../triggers/interceptors.js';
import { createTriggerFinder } from '../triggers/prepared-triggers.js';
import type { PreparedTrigger } from '../triggers/prepared-triggers.js';

/** The Triggers that take an alert. */
export interface Takers {
  readonly triggers: readonly PreparedTrigger[];
  /** A time at which they take it: a condition may look at the hour. */
  readonly startsAt: string;
}

/** Whatever token a filter asks for is the one that is sent; that both are the same is another check. */
const anyToken = 'rehearsed';

const headers = canonicalHeaders({ Authorization: `Bearer ${anyToken}`, 'Content-Type': 'application/json' });

/** Finds out by evaluating the filters, at every hour of a week until one is true. */
export function createTakerFinder(
  cluster: Cluster,
): (listener: Manifest, alert: Alert, route: Route) => Takers {
  const readSecret = () => anyToken;
  const evaluation = { cel: createTriggerCel(readSecret), readSecret };
  const triggersOf = createTriggerFinder(cluster);
  const takes = ({ interceptors }: PreparedTrigger, body: AlertmanagerPayload): boolean => {
    const bodyText = formatPayload(body);
    let extensions: Readonly<Record<string, unknown>> = {};
    return interceptors.every((interceptor) => {
      const result = intercept(
        interceptor,
        { body, bodyText, headers, extensions, requestUrl: '/' },
        evaluation,
      );
      if (result.outcome === 'passed') extensions = result.extensions;
      return result.outcome === 'passed';
    });
  };
  const indexes = new Map<Manifest, DemandIndex<PreparedTrigger>>();
  const indexOf = (listener: Manifest): DemandIndex<PreparedTrigger> => {
    const index = indexes.get(listener) ?? new DemandIndex(triggersOf(listener), demandsOf);
    indexes.set(listener, index);
    return index;
  };
  return (listener, alert, route) => {
    const first = firingPayload(alert, route);
    const { groupLabels } = first;
    const possible = indexOf(listener)
      .candidates(groupLabels)
      .filter((trigger) => canTake(trigger, groupLabels));
    for (const [hour, startsAt] of sampleStarts.entries()) {
      const payload = hour === 0 ? first : firingPayload(alert, route, startsAt);
      const triggers = possible.filter((trigger) => takes(trigger, payload));
      if (triggers.length > 0) return { triggers, startsAt };
    }
    return { triggers: [], startsAt: sampleStarts[0] ?? '' };
  };
}

/** Those that demand other labels need not be evaluated a hundred times. */
function canTake({ interceptors }: PreparedTrigger, groupLabels: Readonly<Record<string, string>>): boolean {
  return demandsOf({ interceptors }).every(([label, value]) => groupLabels[label] === value);
}

function demandsOf({ interceptors }: Pick<PreparedTrigger, 'interceptors'>): readonly Demand[] {
  return interceptors.filter(isCel).flatMap(({ demands }) => [...demands]);
}
