import type { Problem } from '../../problems/problem.js';
import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, listAt, textAt, textsAt } from '../fields.js';
import { reportProblem } from '../report.js';

/** What serves a model fits together: runtime, autoscaler, and the credentials of what the autoscaler asks. */
export function checkServing(cluster: Cluster): readonly Problem[] {
  const services = cluster.ofKind(kinds.inferenceService);
  return [
    ...cluster.ofKind(kinds.servingRuntime).flatMap((runtime) => checkUse(runtime, services)),
    ...services.flatMap((service) => [
      ...checkRuntime(cluster, service),
      ...checkAuthentication(cluster, service),
    ]),
    ...cluster.ofKind(kinds.autoscaler).flatMap((autoscaler) => checkTarget(cluster, autoscaler)),
  ];
}

const runtimePath = ['spec', 'predictor', 'model', 'runtime'] as const;

function checkUse(runtime: Manifest, services: readonly Manifest[]): readonly Problem[] {
  const { name, namespace } = runtime.object.metadata;
  const used = services.some(
    ({ object }) => object.metadata.namespace === namespace && textAt(object, ...runtimePath) === name,
  );
  if (used) return [];
  const message = `no InferenceService of namespace ${namespace ?? ''} uses it.`;
  return [reportProblem(runtime, 'REFERENCE_RUNTIME', { path: 'metadata.name', message })];
}

/** Only of runtimes that are rendered: others are the cluster's, and known to it alone. */
function checkRuntime(cluster: Cluster, service: Manifest): readonly Problem[] {
  const name = textAt(service.object, ...runtimePath) ?? '';
  const runtime = cluster.find(kinds.servingRuntime, service.object.metadata.namespace, name);
  if (runtime === undefined) return [];
  const format = textAt(service.object, 'spec', 'predictor', 'model', 'modelFormat', 'name') ?? '';
  const protocol = textAt(service.object, 'spec', 'predictor', 'model', 'protocolVersion');
  const formats = listAt(runtime.object, 'spec', 'supportedModelFormats').map((each) => textAt(each, 'name'));
  const problems: Problem[] = [];
  const report = (key: string, message: string): void => {
    const path = `spec.predictor.model.${key}`;
    problems.push(reportProblem(service, 'REFERENCE_RUNTIME', { path, message }));
  };
  if (!formats.includes(format))
    report('modelFormat.name', `the ServingRuntime "${name}" knows no format "${format}".`);
  if (protocol !== undefined && !textsAt(runtime.object, 'spec', 'protocolVersions').includes(protocol))
    report('protocolVersion', `the ServingRuntime "${name}" does not speak "${protocol}".`);
  return problems;
}

function checkAuthentication(cluster: Cluster, service: Manifest): readonly Problem[] {
  const metrics = listAt(service.object, 'spec', 'predictor', 'autoScaling', 'metrics');
  return metrics.flatMap((metric, index) => {
    const name = textAt(metric, 'external', 'authenticationRef', 'authenticationRef', 'name');
    const { namespace } = service.object.metadata;
    if (name === undefined || cluster.find(kinds.triggerAuthentication, namespace, name) !== undefined)
      return [];
    const path = `spec.predictor.autoScaling.metrics[${index}].external.authenticationRef`;
    const message = `there is no TriggerAuthentication "${name}" in namespace ${namespace ?? ''}.`;
    return [reportProblem(service, 'REFERENCE_SCALING', { path, message })];
  });
}

function checkTarget(cluster: Cluster, autoscaler: Manifest): readonly Problem[] {
  const name = textAt(autoscaler.object, 'spec', 'scaleTargetRef', 'name') ?? '';
  const target = cluster.find(kinds.deployment, autoscaler.object.metadata.namespace, name);
  if (target === undefined) {
    const message = `there is no Deployment "${name}" to scale.`;
    return [reportProblem(autoscaler, 'REFERENCE_SCALING', { path: 'spec.scaleTargetRef.name', message })];
  }
  if (fieldAt(target.object, 'spec', 'replicas') === undefined) return [];
  const message = 'its number of Pods belongs to an autoscaler; Argo CD would set it back.';
  return [reportProblem(target, 'REFERENCE_SCALING', { path: 'spec.replicas', message })];
}
