import type { Problem } from '../../problems/problem.js';
import type { Manifest } from '../../synth/manifest.js';
import { kindOf, kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, joinPath, textAt } from '../fields.js';
import { reportProblem } from '../report.js';
import { faultsOfPartialPod, faultsOfPod } from './pod-standard.js';

/** Pods of workloads meet Pod Security "restricted", and name the account they run as. */
export function checkPods(cluster: Cluster): readonly Problem[] {
  return cluster.manifests.flatMap((manifest) =>
    podsOf(manifest).flatMap((place) => checkPod(manifest, place)),
  );
}

function checkPod(manifest: Manifest, { path: place, isWhole }: PodPlace): readonly Problem[] {
  const spec = fieldAt(manifest.object, ...place);
  const faults = isWhole ? faultsOfPod(spec) : faultsOfPartialPod(spec);
  const base = place.join('.');
  return [
    ...faults.map(({ path, message }) =>
      reportProblem(manifest, 'SECURITY_POD', { path: joinPath(base, path), message: `${message}.` }),
    ),
    ...(isWhole || kindOf(manifest.object) === kinds.inferenceService
      ? checkToken(manifest, base, spec)
      : []),
  ];
}

interface PodPlace {
  readonly path: readonly string[];
  /** Does nobody add what is missing? */
  readonly isWhole: boolean;
}

const workloads = new Set([
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  'batch/Job',
]);

function podsOf({ object }: Manifest): readonly PodPlace[] {
  const kind = kindOf(object);
  if (workloads.has(kind)) return [{ path: ['spec', 'template', 'spec'], isWhole: true }];
  if (kind === 'batch/CronJob')
    return [{ path: ['spec', 'jobTemplate', 'spec', 'template', 'spec'], isWhole: true }];
  if (kind === 'Pod') return [{ path: ['spec'], isWhole: true }];
  if (kind === kinds.eventListener) {
    return [
      { path: ['spec', 'resources', 'kubernetesResource', 'spec', 'template', 'spec'], isWhole: false },
    ];
  }
  if (kind === kinds.servingRuntime) return [{ path: ['spec'], isWhole: false }];
  if (kind !== kinds.inferenceService) return [];
  return ['predictor', 'transformer']
    .filter((component) => fieldAt(object, 'spec', component) !== undefined)
    .map((component) => ({ path: ['spec', component], isWhole: false }));
}

/** The namespace's default account may be given rights by anybody; a Pod without need of the API gets no token. */
function checkToken(manifest: Manifest, base: string, spec: unknown): readonly Problem[] {
  const account = textAt(spec, 'serviceAccountName') ?? 'default';
  if (account !== 'default' || fieldAt(spec, 'automountServiceAccountToken') === false) return [];
  return [
    reportProblem(manifest, 'SECURITY_ACCOUNT', {
      path: joinPath(base, 'automountServiceAccountToken'),
      message: 'the Pod gets a token of the account "default".',
      hint: 'Name an account, or set automountServiceAccountToken to false.',
    }),
  ];
}
