import type { Problem } from '../../problems/problem.js';
import { describeObject } from '../../synth/manifest.js';
import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, listAt, textAt } from '../fields.js';
import { reportProblem } from '../report.js';
import { findListener, portOfListener, readServiceAddress } from '../triggers/listeners.js';

/** A Service that something lets strangers reach. */
interface Backend {
  /** Where it stands in what exposes it. */
  readonly path: string;
  readonly service: string;
  readonly port: unknown;
}

/** How an object that exposes Services is read. */
interface ExposingKind {
  readonly kind: string;
  /** Path of what makes sure that there is TLS. */
  readonly tls: string;
  isSecure(object: Manifest['object']): boolean;
  listBackends(object: Manifest['object']): readonly Backend[];
}

const exposingKinds: readonly ExposingKind[] = [
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
        })),
      ),
  },
];

/** What comes from outside reaches a listener, and none that alerts are delivered to. */
export function checkExposure(cluster: Cluster): readonly Problem[] {
  const alerted = listenersOfAlerts(cluster);
  return exposingKinds.flatMap((exposing) =>
    cluster.ofKind(exposing.kind).flatMap((manifest) => [
      ...(exposing.isSecure(manifest.object)
        ? []
        : [
            report(manifest, 'SECURITY_EXPOSURE', exposing.tls, 'tokens and signatures come in without TLS.'),
          ]),
      ...exposing.listBackends(manifest.object).flatMap((backend) => {
        const found = judgeBackend(cluster, manifest, backend, alerted);
        return found === undefined ? [] : [report(manifest, found.code, backend.path, found.message)];
      }),
    ]),
  );
}

type ExposureCode = 'SECURITY_EXPOSURE' | 'REFERENCE_EXPOSURE';

function judgeBackend(
  cluster: Cluster,
  { object }: Manifest,
  { service, port }: Backend,
  alerted: ReadonlySet<Manifest>,
): { readonly code: ExposureCode; readonly message: string } | undefined {
  const number = typeof port === 'number' ? port : 0;
  const namespace = object.metadata.namespace ?? '';
  const listener = findListener(cluster, { service, namespace, port: number, secure: false });
  if (listener === undefined || portOfListener(listener) !== port) {
    const message = `no EventListener has the Service "${service}" with port ${number}.`;
    return { code: 'REFERENCE_EXPOSURE', message };
  }
  if (!alerted.has(listener)) return undefined;
  const message = `${describeObject(listener.object)} takes alerts, and these never come from outside.`;
  return { code: 'SECURITY_EXPOSURE', message };
}

function report(manifest: Manifest, code: ExposureCode, path: string, message: string): Problem {
  return reportProblem(manifest, code, { path, message });
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
