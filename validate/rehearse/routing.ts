import { describeObject } from '../../synth/manifest.js';
import type { Manifest } from '../../synth/manifest.js';
import { canInhibit } from '../alertmanager/inhibition.js';
import { describeMatcher, matches } from '../alertmanager/matchers.js';
import { findReceiver } from '../alertmanager/routes.js';
import type { Route } from '../alertmanager/routes.js';
import { whyMuted } from '../alertmanager/time-intervals.js';
import { listAt, textAt, textMapAt } from '../fields.js';
import { findWay } from '../triggers/doors.js';
import type { Way } from '../triggers/doors.js';
import type { Hop } from './rehearsal.js';
import type { Stage } from './stage.js';

/** Would our routes have sent this payload? A request is rehearsed either way. */
export function rehearseRoute(stage: Stage, body: unknown): Hop {
  const receiver = textAt(body, 'receiver');
  const subject = `receiver ${receiver ?? '(none)'}`;
  if (receiver === undefined)
    return { hop: 'route', subject, outcome: 'refused', detail: 'this is no payload of Alertmanager' };
  const candidates = stage.routesTo.get(receiver) ?? [];
  const candidate = findRoute(stage, body);
  if (candidate === undefined) {
    return {
      hop: 'route',
      subject,
      outcome: 'refused',
      detail: 'no AlertmanagerConfig here has this receiver, so Alertmanager would not have sent this',
    };
  }
  const wrong = listAt(body, 'alerts').findIndex(
    (alert) => !stage.findRoutes(textMapAt(alert, 'labels')).some((route) => candidates.includes(route)),
  );
  const config = describeObject(candidate.config.object);
  if (wrong >= 0) {
    const labels = textMapAt(listAt(body, 'alerts')[wrong], 'labels');
    return {
      hop: 'route',
      subject: config,
      outcome: 'refused',
      detail: `alerts[${wrong}] does not take this route: ${explainMismatch(candidate, labels)}`,
    };
  }
  const quiet = explainMute(candidate, body);
  if (quiet !== undefined)
    return {
      hop: 'route',
      subject: config,
      outcome: 'refused',
      detail: `${candidate.path} sends nothing: ${quiet}`,
    };
  return {
    hop: 'route',
    subject: config,
    outcome: 'passed',
    detail: `${candidate.path} sends the alert to receiver "${candidate.receiver}"${describeWay(stage, candidate)}${listSilencers(stage, body)}`,
  };
}

/** The listener that a payload's receiver posts to; undefined: it is no receiver of ours. */
export function findListenerOfReceiver(stage: Stage, body: unknown): Manifest | undefined {
  const route = findRoute(stage, body);
  return route === undefined ? undefined : findWayOf(stage, route)?.listener;
}

function findWayOf({ fleet }: Stage, { config, receiver }: Route): Way | undefined {
  return listAt(findReceiver(config, receiver), 'webhookConfigs')
    .map((webhook) => findWay(fleet, config, textAt(webhook, 'url') ?? ''))
    .find((way) => way !== undefined);
}

/** From another cluster an alert comes by what is exposed. */
function describeWay(stage: Stage, route: Route): string {
  const door = findWayOf(stage, route)?.door;
  if (door === undefined) return '';
  return ` by https://${door.host}${door.path}, which ${describeObject(door.manifest.object)} lets in`;
}

/** On two clusters receivers may be called alike; then the one that takes the alerts is meant. */
function findRoute(stage: Stage, body: unknown): Route | undefined {
  const candidates = stage.routesTo.get(textAt(body, 'receiver') ?? '') ?? [];
  const [alert] = listAt(body, 'alerts');
  const labels = textMapAt(alert, 'labels');
  const taking = candidates.length > 1 ? stage.findRoutes(labels) : [];
  return candidates.find((route) => taking.includes(route)) ?? candidates[0];
}

function explainMismatch(route: Route, labels: Readonly<Record<string, string>>): string {
  const failing = route.demands.find((matcher) => !matches(matcher, labels));
  return failing === undefined
    ? 'another route takes it first'
    : `${describeMatcher(failing)} does not match ${JSON.stringify(labels[failing.label] ?? '')}`;
}

/** Nothing is sent at the time at which the alerts began. */
function explainMute(route: Route, body: unknown): string | undefined {
  const startsAt = new Date(textAt(listAt(body, 'alerts')[0], 'startsAt') ?? '');
  const muted = Number.isNaN(startsAt.getTime()) ? undefined : whyMuted(route, startsAt);
  return muted === undefined ? undefined : `${muted}, and the alert began at ${startsAt.toISOString()}`;
}

/** A payload does not say what else fires. */
function listSilencers({ inhibitRules }: Stage, body: unknown): string {
  const labels = listAt(body, 'alerts').map((alert) => textMapAt(alert, 'labels'));
  const rules = inhibitRules.filter((rule) => labels.some((each) => canInhibit(rule, each)));
  return rules
    .map(({ source }) => `, unless another with ${source.map(describeMatcher).join(', ')} fires`)
    .join('');
}
