import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { ownAnnotations } from '../../config/model-exposure.js';
import type { IngressExposure } from '../../config/model-exposure.js';
import { parseQuantity } from '../../config/values/quantity.js';
import { syncWave } from '../conventions.js';
import type { ExposedService } from './expose-service.js';

export function addIngress(
  scope: Construct,
  exposure: IngressExposure,
  { name, service, port, paths }: ExposedService,
): void {
  const { host, tlsSecret } = exposure;
  const backend = { service: { name: service, port: { number: port } } };
  new k8s.KubeIngress(scope, 'ingress', {
    metadata: {
      name,
      annotations: {
        ...exposure.annotations,
        ...limitBody(exposure),
        [syncWave.annotation]: syncWave.triggers,
      },
    },
    spec: {
      ingressClassName: exposure.class,
      tls: [{ hosts: [host], secretName: tlsSecret }],
      rules: [{ host, http: { paths: paths.map(({ path }) => ({ path, pathType: 'Exact', backend })) } }],
    },
  });
}

function limitBody({ bodyLimit }: IngressExposure): Record<string, string> {
  if (bodyLimit === undefined) return {};
  const limit = parseQuantity(bodyLimit);
  if (limit === undefined) throw new Error(`"${bodyLimit}" is no quantity`);
  return {
    [ownAnnotations.bodyLimit]: String(limit.nano / 1_000_000_000n),
    [ownAnnotations.sslRedirect]: 'true',
  };
}
