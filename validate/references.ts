import type { Problem } from '../problems/problem.js';
import type { Manifest } from '../synth/manifest.js';
import { indexCluster } from './cluster.js';
import { indexFleet } from './fleet.js';
import { checkAlertChain } from './references/alert-chain.js';
import { checkDelivery } from './references/delivery.js';
import { checkMonitoring } from './references/monitoring.js';
import { checkExposure } from './references/exposure.js';
import { checkHandOver } from './references/hand-over.js';
import { checkInterceptors } from './references/interceptors.js';
import { checkIsolation } from './references/isolation.js';
import { checkNetwork } from './references/network.js';
import { checkNotifications } from './references/notifications.js';
import { checkRights } from './references/rights.js';
import { checkRouting } from './references/routing.js';
import { checkScraping } from './references/scraping.js';
import { checkServing } from './references/serving.js';
import { checkTriggers } from './references/triggers.js';
import { listDoors } from './triggers/doors.js';

/** Whatever an object names is there, from the alert's labels to the Task, and so are the rights to use it. */
export function validateReferences(
  manifests: readonly Manifest[],
  surroundings?: readonly Manifest[],
): readonly Problem[] {
  const fleet = indexFleet(manifests, surroundings);
  const { home, clusters } = fleet;
  const doors = listDoors(home);
  return [
    ...clusters.flatMap((cluster) => checkRouting(cluster, doors)),
    ...clusters.flatMap(checkNotifications),
    ...checkAlertChain(fleet),
    ...checkTriggers(home),
    ...checkInterceptors(home),
    ...clusters.flatMap(checkRights),
    ...clusters.flatMap(checkHandOver),
    ...checkNetwork(home),
    ...checkExposure(home),
    ...clusters.flatMap(checkMonitoring),
    ...clusters.flatMap(checkScraping),
    ...clusters.flatMap(checkServing),
    ...checkDelivery(indexCluster(manifests, surroundings)),
    ...clusters.flatMap(checkIsolation),
  ];
}
