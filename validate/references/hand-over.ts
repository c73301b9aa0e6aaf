import { engineKinds } from '../../charts/engine-contract.js';
import { runnerName } from '../../charts/conventions.js';
import type { Problem } from '../../problems/problem.js';
import type { Manifest } from '../../synth/manifest.js';
import type { Cluster } from '../cluster.js';
import { listHandedObjects } from '../handed-objects.js';
import { reportProblem } from '../report.js';
import { allows, rightsOf } from './rights.js';

/** Whatever a run's step creates, the account of the runs may create, watch and end. */
export function checkHandOver(cluster: Cluster): readonly Problem[] {
  return cluster.manifests.flatMap((manifest) =>
    listHandedObjects(manifest).flatMap((handed) => checkRunner(cluster, manifest, handed)),
  );
}

function checkRunner(cluster: Cluster, pipeline: Manifest, { object }: Manifest): readonly Problem[] {
  const { kind, apiVersion } = object;
  const engine = Object.entries(engineKinds).find(([name]) => name === kind)?.[1];
  // The structure of the object says what is wrong with it.
  if (engine === undefined) return [];
  const namespace = pipeline.object.metadata.namespace ?? '';
  const group = apiVersion.split('/')[0] ?? '';
  const rights = rightsOf(cluster, namespace, runnerName);
  const wanted = [
    ...['create', 'get', 'delete'].map((verb) => ({ group, resource: engine.resource, verb })),
    { group: '', resource: 'pods', verb: 'list' },
    { group: '', resource: 'pods/log', verb: 'get' },
  ];
  return wanted
    .filter((right) => !allows(rights, right, namespace))
    .map(({ resource, verb }) =>
      reportProblem(pipeline, 'REFERENCE_RUNNER_RIGHTS', {
        path: 'spec.tasks',
        message: `account "${runnerName}" may not ${verb} ${resource}, and a run hands its training over to a ${kind}.`,
      }),
    );
}
