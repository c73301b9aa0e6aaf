import type { Problem } from '../../problems/problem.js';
import { describeObject } from '../../synth/manifest.js';
import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, listAt, textAt } from '../fields.js';
import { reportProblem } from '../report.js';
import { findListener, portOfListener, readServiceAddress } from '../triggers/listeners.js';

/** What comes from outside reaches a listener, and none that alerts are delivered to. */
export function checkIngress(cluster: Cluster): readonly Problem[] {
  const alerted = listenersOfAlerts(cluster);
  return cluster.ofKind(kinds.ingress).flatMap((ingress) => [
    ...(listAt(ingress.object, 'spec', 'tls').length > 0
      ? []
      : [report(ingress, 'SECURITY_INGRESS', 'spec.tls', 'tokens and signatures come in without TLS.')]),
    ...listBackends(ingress).flatMap(({ path, service, port }) => {
      const namespace = ingress.object.metadata.namespace ?? '';
      const listener = findListener(cluster, { service, namespace, port, secure: false });
      if (listener === undefined || portOfListener(listener) !== port) {
        const message = `no EventListener has the Service "${service}" with port ${port}.`;
        return [report(ingress, 'REFERENCE_INGRESS', path, message)];
      }
      if (!alerted.has(listener)) return [];
      const message = `${describeObject(listener.object)} takes alerts, and these never come from outside.`;
      return [report(ingress, 'SECURITY_INGRESS', path, message)];
    }),
  ]);
}

function report(
  ingress: Manifest,
  code: 'SECURITY_INGRESS' | 'REFERENCE_INGRESS',
  path: string,
  message: string,
): Problem {
  return reportProblem(ingress, code, { path, message });
}

interface Backend {
  readonly path: string;
  readonly service: string;
  readonly port: number;
}

function listBackends({ object }: Manifest): readonly Backend[] {
  return listAt(object, 'spec', 'rules').flatMap((rule, ruleIndex) =>
    listAt(rule, 'http', 'paths').map((entry, index) => {
      const port = fieldAt(entry, 'backend', 'service', 'port', 'number');
      return {
        path: `spec.rules[${ruleIndex}].http.paths[${index}]`,
        service: textAt(entry, 'backend', 'service', 'name') ?? '',
        port: typeof port === 'number' ? port : 0,
      };
    }),
  );
}

function listenersOfAlerts(cluster: Cluster): ReadonlySet<Manifest> {
  const listeners = cluster
    .ofKind(kinds.alertmanagerConfig)
    .flatMap(({ object }) => listAt(object, 'spec', 'receivers'))
    .flatMap((receiver) => listAt(receiver, 'webhookConfigs'))
    .flatMap((webhook) => readServiceAddress(textAt(webhook, 'url') ?? '') ?? [])
    .flatMap((address) => findListener(cluster, address) ?? []);
  return new Set(listeners);
}
