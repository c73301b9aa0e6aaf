import type { Problem } from '../../problems/problem.js';
import { describeObject } from '../../synth/manifest.js';
import type { KubernetesObject, Manifest } from '../../synth/manifest.js';
import type { Cluster } from '../cluster.js';
import { reportProblem } from '../report.js';
import { validateStructure } from '../structure.js';
import { findPipelineOfRun } from '../tekton.js';
import { reporterFor } from '../tekton/reporter.js';
import { checkRun } from '../tekton/run-rules.js';

/** Is what a Trigger creates well formed, and does it fit its Pipeline? */
export function validateCreated(
  cluster: Cluster,
  listener: Manifest,
  created: readonly KubernetesObject[],
): readonly Problem[] {
  const manifests = created.map((object) => ({ ...listener, object }));
  return [
    ...validateStructure(manifests),
    ...manifests.flatMap((manifest) => checkCreatedRun(cluster, manifest)),
  ];
}

function checkCreatedRun(cluster: Cluster, manifest: Manifest): readonly Problem[] {
  const { object } = manifest;
  if (object.kind !== 'PipelineRun') return [];
  const pipeline = findPipelineOfRun(cluster, object, object.metadata.namespace ?? '');
  const problems = checkRun(object, pipeline, reporterFor(manifest, ''));
  if (pipeline !== undefined) return problems;
  const message = `${describeObject(object)} would fail at once: its Pipeline is not there.`;
  return [
    ...problems,
    reportProblem(manifest, 'REFERENCE_PIPELINE', { path: 'spec.pipelineRef.name', message }),
  ];
}
