import type { Problem } from '../../problems/problem.js';
import { describeObject } from '../../synth/manifest.js';
import type { Manifest } from '../../synth/manifest.js';
import { findRetrainAlerts } from '../alertmanager/alerts.js';
import type { Alert } from '../alertmanager/alerts.js';
import { createRouteFinder, findReceiver, readRoutes } from '../alertmanager/routes.js';
import type { Route } from '../alertmanager/routes.js';
import { kinds } from '../cluster.js';
import { listAt, textAt } from '../fields.js';
import type { Fleet } from '../fleet.js';
import { reportProblem } from '../report.js';
import { findWay } from '../triggers/doors.js';
import { isCel, readInterceptors } from '../triggers/interceptors.js';
import type { RunnableTrigger } from '../triggers/listeners.js';
import { createTakerFinder } from './takers.js';
import type { Takers } from './takers.js';

/** An alert on its way through one webhook to the Triggers that take it. */
export interface AlertDelivery extends Takers {
  readonly alert: Alert;
  readonly route: Route;
  readonly webhook: unknown;
  readonly listener: Manifest;
}

/** Finds every way from an alert that asks for retraining to a Trigger that takes it. */
export function createDeliveryFinder(fleet: Fleet): (alert: Alert) => readonly AlertDelivery[] {
  const finders = new Map(
    fleet.clusters.map((cluster) => [
      cluster,
      createRouteFinder(readRoutes(cluster.visible(kinds.alertmanagerConfig))),
    ]),
  );
  const findRoutes = ({ rule, labels }: Alert) => finders.get(fleet.of(rule))?.(labels) ?? [];
  const takersOf = createTakerFinder(fleet.home);
  return (alert) =>
    findRoutes(alert).flatMap((route) =>
      listAt(findReceiver(route.config, route.receiver), 'webhookConfigs').flatMap((webhook) => {
        const way = findWay(fleet, route.config, textAt(webhook, 'url') ?? '');
        if (way === undefined) return [];
        const { listener } = way;
        return [{ alert, route, webhook, listener, ...takersOf(listener, alert, route) }];
      }),
    );
}

/** Each alert that asks for retraining reaches exactly one Trigger, and with the token that it compares. */
export function checkAlertChain(fleet: Fleet): readonly Problem[] {
  const findDeliveries = createDeliveryFinder(fleet);
  return fleet.clusters
    .flatMap((cluster) => findRetrainAlerts(cluster.ofKind(kinds.prometheusRule)))
    .flatMap((alert) => checkAlert(alert, findDeliveries(alert)));
}

function checkAlert(alert: Alert, deliveries: readonly AlertDelivery[]): readonly Problem[] {
  const report = (
    code: 'REFERENCE_ALERT_UNROUTED' | 'REFERENCE_ALERT_UNHEARD' | 'REFERENCE_ALERT_TWICE',
    message: string,
    hint: string,
  ): Problem => reportProblem(alert.rule, code, { path: alert.path, message, hint });
  const [first] = deliveries;
  if (first === undefined) {
    const labels = Object.entries(alert.labels).map(([name, value]) => `${name}="${value}"`);
    return [
      report(
        'REFERENCE_ALERT_UNROUTED',
        `alert ${alert.name} asks for retraining, but no route sends it to an EventListener.`,
        `A route must match ${labels.join(', ')}, and its receiver post to a listener.`,
      ),
    ];
  }
  const triggers = deliveries.flatMap((delivery) => delivery.triggers);
  if (triggers.length === 0) {
    const listener = describeObject(first.listener.object);
    return [
      report(
        'REFERENCE_ALERT_UNHEARD',
        `alert ${alert.name} reaches ${listener}, but no Trigger takes it.`,
        "Compare the Triggers' filters with the alert's labels.",
      ),
    ];
  }
  if (triggers.length > 1) {
    const names = triggers.map((trigger) => trigger.name).join(', ');
    return [
      report(
        'REFERENCE_ALERT_TWICE',
        `alert ${alert.name} starts ${triggers.length} runs: ${names}.`,
        'An alert must start one run.',
      ),
    ];
  }
  return deliveries.flatMap(checkToken);
}

/** The receiver sends the content of the Secret that the filter compares with. */
function checkToken({ route, webhook, triggers }: AlertDelivery): readonly Problem[] {
  const credentials = {
    name: textAt(webhook, 'httpConfig', 'authorization', 'credentials', 'name'),
    key: textAt(webhook, 'httpConfig', 'authorization', 'credentials', 'key'),
  };
  return triggers.flatMap((trigger) =>
    comparedSecrets(trigger)
      .filter((secret) => secret.name !== credentials.name || secret.key !== credentials.key)
      .map((secret) =>
        reportProblem(trigger.manifest, 'REFERENCE_TOKEN', {
          path: `${trigger.path}.interceptors`,
          message: `the filter compares with key "${secret.key}" of Secret "${secret.name}", receiver "${route.receiver}" of ${describeObject(route.config.object)} sends key "${credentials.key ?? ''}" of "${credentials.name ?? ''}".`,
          hint: 'Both must name the same Secret.',
        }),
      ),
  );
}

interface SecretReference {
  readonly name: string;
  readonly key: string;
}

function comparedSecrets(trigger: RunnableTrigger): readonly SecretReference[] {
  return readInterceptors(trigger.spec)
    .filter(isCel)
    .flatMap(({ filter = '' }) => [
      ...filter.matchAll(/\.compareSecret\(\s*(['"])(.*?)\1\s*,\s*(['"])(.*?)\3/g),
    ])
    .map(([, , key = '', , name = '']) => ({ key, name }));
}
