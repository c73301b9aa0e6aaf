import type { Problem } from '../problems/problem.js';
import type { Manifest } from '../synth/manifest.js';
import { indexCluster } from './cluster.js';
import { checkAlertChain } from './references/alert-chain.js';
import { checkDelivery } from './references/delivery.js';
import { checkMonitoring } from './references/monitoring.js';
import { checkExposure } from './references/exposure.js';
import { checkIsolation } from './references/isolation.js';
import { checkNetwork } from './references/network.js';
import { checkNotifications } from './references/notifications.js';
import { checkRights } from './references/rights.js';
import { checkRouting } from './references/routing.js';
import { checkScraping } from './references/scraping.js';
import { checkServing } from './references/serving.js';
import { checkTriggers } from './references/triggers.js';

/** Whatever an object names is there, from the alert's labels to the Task, and so are the rights to use it. */
export function validateReferences(
  manifests: readonly Manifest[],
  surroundings?: readonly Manifest[],
): readonly Problem[] {
  const cluster = indexCluster(manifests, surroundings);
  return [
    ...checkRouting(cluster),
    ...checkNotifications(cluster),
    ...checkAlertChain(cluster),
    ...checkTriggers(cluster),
    ...checkRights(cluster),
    ...checkNetwork(cluster),
    ...checkExposure(cluster),
    ...checkMonitoring(cluster),
    ...checkScraping(cluster),
    ...checkServing(cluster),
    ...checkDelivery(cluster),
    ...checkIsolation(cluster),
  ];
}
