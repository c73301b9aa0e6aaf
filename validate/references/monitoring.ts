import type { Problem } from '../../problems/problem.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { textAt } from '../fields.js';
import { reportProblem } from '../report.js';

/** A Service within the cluster, by the address that KServe's logger is given. */
const clusterAddress = /^https?:\/\/([^./]+)\.([^./]+)\.svc(?:\.cluster\.local)?(?:[:/]|$)/;

/** Copies of requests go to a monitor that is there. */
export function checkMonitoring(cluster: Cluster): readonly Problem[] {
  return cluster.ofKind(kinds.inferenceService).flatMap((server) => {
    const url = textAt(server.object, 'spec', 'predictor', 'logger', 'url') ?? '';
    const [, name = '', namespace = ''] = clusterAddress.exec(url) ?? [];
    if (name === '' || cluster.find(kinds.monitorService, namespace, name) !== undefined) return [];
    return [
      reportProblem(server, 'REFERENCE_MONITOR', {
        path: 'spec.predictor.logger.url',
        message: `there is no TrustyAIService "${name}" in namespace "${namespace}".`,
        hint: 'KServe would drop the copies of all requests.',
      }),
    ];
  });
}
