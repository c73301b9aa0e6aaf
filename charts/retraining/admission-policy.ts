import type { Model, Platform, Training } from '../../config/model.js';
import { startsRuns } from '../contract.js';
import type { AdmissionDemands } from '../tasks/admission-policy.js';

/** What the step is told of a model's conditions; what nobody demands is left out, and costs nothing. */
export function describePolicy(platform: Platform, model: Model, { admission }: Training): AdmissionDemands {
  const { freeze, maxRunsPerDay, maxFailures, stillFiring, samples, whenUnknown } = admission;
  const { alertmanager, prometheus } = platform.runs;
  // Alertmanagers of other clusters know alerts that this one does not.
  const environments = model.deployments
    .filter((deployment) => startsRuns(deployment) && deployment.environment.cluster === undefined)
    .map(({ environment }) => environment.name);
  return {
    ...(freeze.length === 0 ? {} : { freeze: [...freeze] }),
    ...(maxRunsPerDay === 0 ? {} : { maxRunsPerDay }),
    ...(maxFailures === 0 ? {} : { maxFailures }),
    ...(stillFiring && alertmanager !== undefined && environments.length > 0
      ? { alerts: { alertmanager: alertmanager.url, environments } }
      : {}),
    ...(samples === undefined || prometheus === undefined
      ? {}
      : { samples: { prometheus: prometheus.url, query: samples.query, minimum: samples.minimum } }),
    whenUnknown,
  };
}
