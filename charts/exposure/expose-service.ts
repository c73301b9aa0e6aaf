import type { Construct } from 'constructs';
import type { Exposure } from '../../config/model-exposure.js';
import { addHttpRoute } from './http-route.js';
import { addIngress } from './ingress.js';
import { addRoutes } from './routes.js';

/** A Service of the same namespace that may be reached from outside. */
export interface ExposedService {
  /** Name of what exposes it. */
  readonly name: string;
  readonly service: string;
  readonly port: number;
  /** At least one; nothing else is let in. */
  readonly paths: readonly ExposedPath[];
}

export interface ExposedPath {
  /** Part of a name, unique among the paths. */
  readonly name: string;
  /** Begins with a slash. */
  readonly path: string;
}

/** Leads what comes from outside to a Service: over TLS, and by these paths alone. */
export function exposeService(scope: Construct, exposure: Exposure, exposed: ExposedService): void {
  if (exposure.kind === 'ingress') addIngress(scope, exposure, exposed);
  else if (exposure.kind === 'route') addRoutes(scope, exposure, exposed);
  else addHttpRoute(scope, exposure, exposed);
}
