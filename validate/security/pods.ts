import type { Problem } from '../../problems/problem.js';
import type { Manifest } from '../../synth/manifest.js';
import { kindOf, kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, joinPath, listAt, textAt } from '../fields.js';
import { listHandedObjects } from '../handed-objects.js';
import { reportProblem } from '../report.js';
import { faultsOfPartialPod, faultsOfPod } from './pod-standard.js';

/** Pods of workloads meet Pod Security "restricted", and name the account they run as. */
export function checkPods(cluster: Cluster): readonly Problem[] {
  const handed = cluster.manifests.flatMap(listHandedObjects);
  return [...cluster.manifests, ...handed].flatMap((manifest) =>
    podsOf(manifest).flatMap((place) => checkPod(manifest, place)),
  );
}

function checkPod(manifest: Manifest, { path: place, isWhole, ...known }: PodPlace): readonly Problem[] {
  const spec = known.spec ?? fieldAt(manifest.object, ...place);
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
  /** What stands there, where the path leads through a list. */
  readonly spec?: unknown;
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
  if (kind === 'ray.io/RayJob') return podsOfRayJob(object);
  if (kind === kinds.servingRuntime) return [{ path: ['spec'], isWhole: false }];
  if (kind !== kinds.inferenceService) return [];
  return ['predictor', 'transformer']
    .filter((component) => fieldAt(object, 'spec', component) !== undefined)
    .map((component) => ({ path: ['spec', component], isWhole: false }));
}

/** Those of the cluster, and the one that submits the program. */
function podsOfRayJob(object: unknown): readonly PodPlace[] {
  const cluster = ['spec', 'rayClusterSpec'];
  const workers = listAt(object, ...cluster, 'workerGroupSpecs').map((group, index) => ({
    path: [...cluster, `workerGroupSpecs[${index}]`, 'template', 'spec'],
    isWhole: true,
    spec: fieldAt(group, 'template', 'spec'),
  }));
  return [
    { path: ['spec', 'submitterPodTemplate', 'spec'], isWhole: true },
    { path: [...cluster, 'headGroupSpec', 'template', 'spec'], isWhole: true },
    ...workers,
  ];
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
