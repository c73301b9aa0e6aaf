import { createTriggerCel } from '../../config/values/cel.js';
import type { Manifest } from '../../synth/manifest.js';
import { findRetrainAlerts } from '../alertmanager/alerts.js';
import type { Alert } from '../alertmanager/alerts.js';
import { readInhibitRules } from '../alertmanager/inhibition.js';
import type { InhibitRule } from '../alertmanager/inhibition.js';
import { createRouteFinder, flattenRoutes, fullReceiverName, readRoutes } from '../alertmanager/routes.js';
import type { Route } from '../alertmanager/routes.js';
import type { AlertLabels } from '../alertmanager/matchers.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { indexFleet } from '../fleet.js';
import type { Fleet } from '../fleet.js';
import { createDeliveryFinder } from '../references/alert-chain.js';
import type { AlertDelivery } from '../references/alert-chain.js';
import type { Evaluation } from '../triggers/interceptors.js';
import { createTriggerFinder } from '../triggers/prepared-triggers.js';
import type { PreparedTrigger } from '../triggers/prepared-triggers.js';

/** Rendered objects, read and indexed once for many rehearsals. */
export interface Stage {
  readonly fleet: Fleet;
  /** That of the listeners and the toolings. */
  readonly cluster: Cluster;
  findRoutes(labels: AlertLabels): readonly Route[];
  /** By the name Alertmanager gives the receiver. */
  readonly routesTo: ReadonlyMap<string, readonly Route[]>;
  readonly inhibitRules: readonly InhibitRule[];
  readonly retrainAlerts: readonly Alert[];
  findDeliveries(alert: Alert): readonly AlertDelivery[];
  triggersOf(listener: Manifest): readonly PreparedTrigger[];
  /** Evaluates with this content of every Secret; undefined: there is no Secret. */
  evaluationWith(token: string | undefined): Evaluation;
}

export function prepareStage(manifests: readonly Manifest[]): Stage {
  const fleet = indexFleet(manifests);
  const { home: cluster, clusters } = fleet;
  const configs = clusters.flatMap((each) => each.ofKind(kinds.alertmanagerConfig));
  const routes = readRoutes(configs);
  const routesTo = new Map<string, Route[]>();
  for (const route of flattenRoutes(routes)) {
    const name = fullReceiverName(route);
    const known = routesTo.get(name);
    if (known === undefined) routesTo.set(name, [route]);
    else known.push(route);
  }
  const evaluations = new Map<string | undefined, Evaluation>();
  return {
    fleet,
    cluster,
    findRoutes: createRouteFinder(routes),
    routesTo,
    inhibitRules: readInhibitRules(configs),
    retrainAlerts: findRetrainAlerts(clusters.flatMap((each) => each.ofKind(kinds.prometheusRule))),
    findDeliveries: createDeliveryFinder(fleet),
    triggersOf: createTriggerFinder(cluster),
    evaluationWith(token) {
      const readSecret = () => token;
      const evaluation = evaluations.get(token) ?? { cel: createTriggerCel(readSecret), readSecret };
      evaluations.set(token, evaluation);
      return evaluation;
    },
  };
}
