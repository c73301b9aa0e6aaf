import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { EventSource, Exposure } from '../../config/model-triggers.js';
import { parseQuantity } from '../../config/values/quantity.js';
import { eventsListenerName, eventsPath, listenerPort, listenerService, syncWave } from '../conventions.js';

/** Leads what comes from outside to the listener of events: over TLS, by the paths of these senders, and not without limit. */
export function addIngress(scope: Construct, exposure: Exposure, sources: readonly EventSource[]): void {
  const { host, tlsSecret } = exposure;
  const service = { name: listenerService(eventsListenerName), port: { number: listenerPort } };
  new k8s.KubeIngress(scope, 'ingress', {
    metadata: {
      name: eventsListenerName,
      annotations: {
        ...limitBody(exposure),
        ...exposure.annotations,
        [syncWave.annotation]: syncWave.triggers,
      },
    },
    spec: {
      ingressClassName: exposure.class,
      tls: [{ hosts: [host], secretName: tlsSecret }],
      rules: [
        {
          host,
          http: {
            paths: sources.map(({ name }) => ({
              path: eventsPath(name),
              pathType: 'Exact',
              backend: { service },
            })),
          },
        },
      ],
    },
  });
}

function limitBody({ class: controller, bodyLimit }: Exposure): Record<string, string> {
  if (controller !== 'nginx') return {};
  const limit = parseQuantity(bodyLimit);
  if (limit === undefined) throw new Error(`"${bodyLimit}" is no quantity`);
  return {
    'nginx.ingress.kubernetes.io/proxy-body-size': String(limit.nano / 1_000_000_000n),
    'nginx.ingress.kubernetes.io/ssl-redirect': 'true',
  };
}
