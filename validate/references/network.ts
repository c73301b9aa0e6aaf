import type { Problem } from '../../problems/problem.js';
import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, fieldsAt, listAt } from '../fields.js';
import { reportProblem } from '../report.js';
import { selectsLabels } from '../triggers/label-selector.js';
import { listenerPort } from '../../charts/conventions.js';

/** A NetworkPolicy on a listener's Pods still lets somebody reach its port. */
export function checkNetwork(cluster: Cluster): readonly Problem[] {
  return cluster.ofKind(kinds.eventListener).flatMap((listener) => {
    const policies = policiesOf(cluster, listener);
    const [first] = policies;
    if (first === undefined || policies.some(letsIn)) return [];
    return [
      reportProblem(first, 'REFERENCE_NETWORK', {
        path: 'spec.ingress',
        message: `no NetworkPolicy lets anybody reach port ${listenerPort} of EventListener "${listener.object.metadata.name}".`,
        hint: "Let Alertmanager's namespace in.",
      }),
    ];
  });
}

function policiesOf(cluster: Cluster, listener: Manifest): readonly Manifest[] {
  // Tekton puts these labels on the listener's Pods.
  const labels = {
    'app.kubernetes.io/managed-by': 'EventListener',
    'app.kubernetes.io/part-of': 'Triggers',
    eventlistener: listener.object.metadata.name,
  };
  return cluster
    .visible(kinds.networkPolicy)
    .filter(({ object }) => object.metadata.namespace === listener.object.metadata.namespace)
    .filter(({ object }) => selectsLabels(fieldsAt(object, 'spec', 'podSelector'), labels))
    .filter(({ object }) => {
      const types = fieldAt(object, 'spec', 'policyTypes');
      return types === undefined || listAt(object, 'spec', 'policyTypes').includes('Ingress');
    });
}

function letsIn({ object }: Manifest): boolean {
  return listAt(object, 'spec', 'ingress').some((rule) => {
    const ports = listAt(rule, 'ports');
    return ports.length === 0 || ports.some((port) => fieldAt(port, 'port') === listenerPort);
  });
}
