import type { Deployment, Model, Training } from '../../config/model.js';
import { formatGoDuration } from '../../config/values/duration.js';
import { PipelineRun } from '../../imports/tekton.dev.js';
import type { PipelineRunSpecTimeouts } from '../../imports/tekton.dev.js';
import type { ResourceTemplate } from '../../imports/triggers.tekton.dev.js';
import { payloadValues, runLabels, runParams, runWorkspace } from '../contract.js';
import { labels, pipelineName, runNamePrefix, runnerName, trainerName } from '../conventions.js';
import { trainingStage } from './pipeline-graph.js';
import { restrictedPodWithVolumes } from '../security/pod-security.js';
import { planRunTimeouts } from './run-timeouts.js';

/** Params of the TriggerTemplate: all that comes from the payload. */
export const templateParams = [payloadValues.fingerprint.extension, payloadValues.startedAt.extension];

const fingerprint = `$(tt.params.${payloadValues.fingerprint.extension})`;
const startedAt = `$(tt.params.${payloadValues.startedAt.extension})`;

/**
 * The PipelineRun an alert starts. Its name says which episode it belongs to, so that the API server refuses
 * what Alertmanager repeats. Everything else is fixed here; only the episode comes from the payload.
 */
export function describeRun(model: Model, training: Training, deployment: Deployment): ResourceTemplate {
  const environment = deployment.environment.name;
  // What `cdk8s import` generates returns `any`.
  return PipelineRun.manifest({
    metadata: {
      name: `${runNamePrefix(model.name, environment)}${fingerprint}-${startedAt}`,
      labels: {
        ...runLabels(model.name, environment, 'alert'),
        [labels.event]: `${fingerprint}-${startedAt}`,
      },
    },
    spec: {
      pipelineRef: { name: pipelineName(model.name) },
      params: [{ name: runParams.environment, value: environment }],
      timeouts: formatTimeouts(training),
      taskRunTemplate: {
        serviceAccountName: runnerName,
        // Service links would put a variable for each Service of the namespace into the user's program.
        podTemplate: { securityContext: restrictedPodWithVolumes, enableServiceLinks: false },
      },
      taskRunSpecs: [{ pipelineTaskName: trainingStage, serviceAccountName: trainerName }],
      workspaces: [{ name: runWorkspace, volumeClaimTemplate: { spec: claimVolume(training.storage) } }],
    },
  }) as ResourceTemplate;
}

function formatTimeouts(training: Training): PipelineRunSpecTimeouts {
  const timeouts = planRunTimeouts(training);
  return {
    pipeline: formatGoDuration(timeouts.pipeline),
    tasks: formatGoDuration(timeouts.tasks),
    finally: formatGoDuration(timeouts.finally),
  };
}

function claimVolume(storage: string): object {
  return { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } };
}
