import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, listAt, textAt, textsAt } from '../fields.js';
import { findListener, portOfListener } from './listeners.js';

/** A Service that something lets strangers reach. */
export interface Backend {
  /** Where it stands in what exposes it. */
  readonly path: string;
  readonly service: string;
  readonly port: unknown;
  /** From where it is reached. */
  readonly addresses: readonly Address[];
}

/** Host and path of a URL. */
export interface Address {
  readonly host: string;
  readonly path: string;
}

/** How an object that exposes Services is read. */
export interface ExposingKind {
  readonly kind: string;
  /** Path of what makes sure that there is TLS. */
  readonly tls: string;
  readonly isSecure: (object: Manifest['object']) => boolean;
  readonly listBackends: (object: Manifest['object']) => readonly Backend[];
}

export const exposingKinds: readonly ExposingKind[] = [
  {
    kind: kinds.ingress,
    tls: 'spec.tls',
    isSecure: (object) => listAt(object, 'spec', 'tls').length > 0,
    listBackends: (object) =>
      listAt(object, 'spec', 'rules').flatMap((rule, ruleIndex) =>
        listAt(rule, 'http', 'paths').map((entry, index) => ({
          path: `spec.rules[${ruleIndex}].http.paths[${index}]`,
          service: textAt(entry, 'backend', 'service', 'name') ?? '',
          port: fieldAt(entry, 'backend', 'service', 'port', 'number'),
          addresses: [{ host: textAt(rule, 'host') ?? '', path: textAt(entry, 'path') ?? '/' }],
        })),
      ),
  },
  {
    kind: kinds.route,
    tls: 'spec.tls',
    isSecure: (object) =>
      fieldAt(object, 'spec', 'tls') !== undefined &&
      textAt(object, 'spec', 'tls', 'insecureEdgeTerminationPolicy') !== 'Allow',
    listBackends: (object) => [
      {
        path: 'spec.to',
        service: textAt(object, 'spec', 'to', 'name') ?? '',
        port: fieldAt(object, 'spec', 'port', 'targetPort'),
        addresses: [
          { host: textAt(object, 'spec', 'host') ?? '', path: textAt(object, 'spec', 'path') ?? '/' },
        ],
      },
    ],
  },
  {
    kind: kinds.httpRoute,
    tls: 'spec.parentRefs',
    // Which listeners of a Gateway have a certificate stands elsewhere; without a name it would hang on all of them.
    isSecure: (object) =>
      listAt(object, 'spec', 'parentRefs').every((parent) => textAt(parent, 'sectionName') !== undefined),
    listBackends: (object) =>
      listAt(object, 'spec', 'rules').flatMap((rule, ruleIndex) =>
        listAt(rule, 'backendRefs').map((backend, index) => ({
          path: `spec.rules[${ruleIndex}].backendRefs[${index}]`,
          service: textAt(backend, 'name') ?? '',
          port: fieldAt(backend, 'port'),
          addresses: textsAt(object, 'spec', 'hostnames').flatMap((host) =>
            listAt(rule, 'matches').map((match) => ({ host, path: textAt(match, 'path', 'value') ?? '/' })),
          ),
        })),
      ),
  },
];

/** The listener that a backend's Service belongs to; undefined: none of ours, or by a port it does not have. */
export function listenerBehind(
  cluster: Cluster,
  { object }: Manifest,
  { service, port }: Backend,
): Manifest | undefined {
  const namespace = object.metadata.namespace ?? '';
  const listener = findListener(cluster, { service, namespace, port: numberOf(port), secure: false });
  return listener !== undefined && portOfListener(listener) === port ? listener : undefined;
}

export function numberOf(port: unknown): number {
  return typeof port === 'number' ? port : 0;
}
