import type { Construct } from 'constructs';
import type { RouteExposure } from '../../config/model-exposure.js';
import {
  Route,
  RouteSpecTlsInsecureEdgeTerminationPolicy,
  RouteSpecTlsTermination,
  RouteSpecToKind,
  RouteSpecWildcardPolicy,
} from '../../imports/route.openshift.io.js';
import { syncWave } from '../conventions.js';
import type { ExposedService } from './expose-service.js';

/** A Route has one path, so there is one for each. */
export function addRoutes(
  scope: Construct,
  { host, annotations }: RouteExposure,
  { name, service, port, paths }: ExposedService,
): void {
  for (const { name: part, path } of paths) {
    new Route(scope, `route.${part}`, {
      metadata: {
        name: `${name}.${part}`,
        annotations: { ...annotations, [syncWave.annotation]: syncWave.triggers },
      },
      spec: {
        host,
        path,
        to: { kind: RouteSpecToKind.SERVICE, name: service, weight: 100 },
        port: { targetPort: port },
        tls: {
          termination: RouteSpecTlsTermination.EDGE,
          // A redirect would come too late: the token has already been sent in the clear.
          insecureEdgeTerminationPolicy: RouteSpecTlsInsecureEdgeTerminationPolicy.NONE,
        },
        wildcardPolicy: RouteSpecWildcardPolicy.NONE,
      },
    });
  }
}
