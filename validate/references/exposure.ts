import type { Problem } from '../../problems/problem.js';
import { describeObject } from '../../synth/manifest.js';
import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { listAt, textAt } from '../fields.js';
import { reportProblem } from '../report.js';
import { exposingKinds, listenerBehind, numberOf } from '../triggers/exposing.js';
import type { Backend, ExposingKind } from '../triggers/exposing.js';
import { findListener, readServiceAddress } from '../triggers/listeners.js';

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
    const message = `${describeObject(listener.object)} takes the alerts of its own cluster, which never come from outside.`;
    return [report(manifest, 'SECURITY_EXPOSURE', backend.path, message)];
  });
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
