import type { Problem } from '../problems/problem.js';
import type { Manifest } from '../synth/manifest.js';
import { indexCluster } from './cluster.js';
import { checkContents } from './security/contents.js';
import { checkPods } from './security/pods.js';
import { checkRightsGiven } from './security/rights.js';
import { checkTaskSecurity } from './security/tasks.js';
import { checkTriggerSecurity } from './security/triggers.js';

/** Nothing rendered can be misused: no injection, no loose Pods, no wide rights, nothing secret, nothing unpinned. */
export function validateSecurity(
  manifests: readonly Manifest[],
  surroundings?: readonly Manifest[],
): readonly Problem[] {
  const cluster = indexCluster(manifests, surroundings);
  return [
    ...checkTriggerSecurity(cluster),
    ...checkTaskSecurity(cluster),
    ...checkPods(cluster),
    ...checkRightsGiven(cluster),
    ...checkContents(cluster),
  ];
}
