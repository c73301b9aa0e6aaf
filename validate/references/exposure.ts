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
  readonly isSecure: (object: Manifest['object']) => boolean;
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
    cluster.visible(exposing.kind).flatMap((manifest) => {
      const backends = exposing.listBackends(manifest.object);
      return [
        ...(cluster.judges(manifest) ? checkTargets(cluster, manifest, exposing, backends) : []),
        ...checkSeparation(cluster, manifest, backends, alerted),
      ];
    }),
  );
}

type ExposureCode = 'SECURITY_EXPOSURE' | 'REFERENCE_EXPOSURE';

function checkTargets(
  cluster: Cluster,
  manifest: Manifest,
  { isSecure, tls }: ExposingKind,
  backends: readonly Backend[],
): readonly Problem[] {
  const lost = backends.filter((backend) => listenerBehind(cluster, manifest, backend) === undefined);
  return [
    ...(isSecure(manifest.object)
      ? []
      : [report(manifest, 'SECURITY_EXPOSURE', tls, 'tokens and signatures come in without TLS.')]),
    ...lost.map(({ path, service, port }) => {
      const message = `no EventListener has the Service "${service}" with port ${numberOf(port)}.`;
      return report(manifest, 'REFERENCE_EXPOSURE', path, message);
    }),
  ];
}

/** @param alerted where what is judged sends alerts */
function checkSeparation(
  cluster: Cluster,
  manifest: Manifest,
  backends: readonly Backend[],
  alerted: ReadonlySet<Manifest>,
): readonly Problem[] {
  return backends.flatMap((backend) => {
    const listener = listenerBehind(cluster, manifest, backend);
    if (listener === undefined || !alerted.has(listener)) return [];
    const message = `${describeObject(listener.object)} takes alerts, and these never come from outside.`;
    return [report(manifest, 'SECURITY_EXPOSURE', backend.path, message)];
  });
}

function listenerBehind(
  cluster: Cluster,
  { object }: Manifest,
  { service, port }: Backend,
): Manifest | undefined {
  const namespace = object.metadata.namespace ?? '';
  const listener = findListener(cluster, { service, namespace, port: numberOf(port), secure: false });
  return listener !== undefined && portOfListener(listener) === port ? listener : undefined;
}

function numberOf(port: unknown): number {
  return typeof port === 'number' ? port : 0;
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
