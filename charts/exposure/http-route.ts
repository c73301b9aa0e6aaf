import type { Construct } from 'constructs';
import type { HttpRouteExposure } from '../../config/model-exposure.js';
import {
  HttpRoute,
  HttpRouteSpecRulesMatchesMethod,
  HttpRouteSpecRulesMatchesPathType,
} from '../../imports/gateway.networking.k8s.io.js';
import { syncWave } from '../conventions.js';
import type { ExposedService } from './expose-service.js';

export function addHttpRoute(
  scope: Construct,
  { host, gateway, annotations }: HttpRouteExposure,
  { name, service, port, paths }: ExposedService,
): void {
  new HttpRoute(scope, 'http-route', {
    metadata: { name, annotations: { ...annotations, [syncWave.annotation]: syncWave.triggers } },
    spec: {
      parentRefs: [
        {
          group: 'gateway.networking.k8s.io',
          kind: 'Gateway',
          name: gateway.name,
          namespace: gateway.namespace,
          // The one with the certificate; without a name the route would hang on the one without TLS, too.
          sectionName: gateway.listener,
        },
      ],
      hostnames: [host],
      rules: [
        {
          matches: paths.map(({ path }) => ({
            method: HttpRouteSpecRulesMatchesMethod.POST,
            path: { type: HttpRouteSpecRulesMatchesPathType.EXACT, value: path },
          })),
          backendRefs: [{ group: '', kind: 'Service', name: service, port, weight: 1 }],
        },
      ],
    },
  });
}
