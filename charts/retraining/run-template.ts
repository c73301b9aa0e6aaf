import type { Model, Platform, RunVolume, Training } from '../../config/model.js';
import { formatGoDuration } from '../../config/values/duration.js';
import { PipelineRun } from '../../imports/tekton.dev.js';
import type { PipelineRunSpecTimeouts } from '../../imports/tekton.dev.js';
import type { ResourceTemplate } from '../../imports/triggers.tekton.dev.js';
import { runLabels, runParams, runWorkspace } from '../contract.js';
import type { RunCause } from '../contract.js';
import { labels, pipelineName, runnerName, trainerName } from '../conventions.js';
import { describePlacement } from '../pod-placement.js';
import { restrictedPodWithVolumes } from '../security/pod-security.js';
import { listStages, planPipeline } from './graph/plan-pipeline.js';
import type { PipelinePlan } from './graph/plan-pipeline.js';
import { planRunTimeouts } from './graph/run-timeouts.js';

/** What one way to start a run decides about it; texts may hold variables of the TriggerTemplate. */
export interface RunStart {
  readonly startedBy: RunCause;
  /** What the run is for. */
  readonly environment: string;
  /**
   * The same for the same event, so that the API server refuses what is sent again; with a prefix alone, the API server
   * makes each request a run of its own.
   */
  readonly name: string | { readonly prefix: string };
  /** Which event it was, as the value of a label; undefined: there was none. */
  readonly event: string | undefined;
  /** What people want to know about it; never of an event's payload. Default none. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** undefined: the newest commit of the model's branch. */
  readonly source?: { readonly branch: string; readonly commit: string; readonly commitLabel: string };
}

/** The PipelineRun that an event starts. All that does not stand in `start` is fixed here. */
export function describeRun(
  platform: Platform,
  model: Model,
  training: Training,
  start: RunStart,
): ResourceTemplate {
  const { source, environment, name, event, annotations } = start;
  const plan = planPipeline({ platform, model, training });
  // What `cdk8s import` generates returns `any`.
  return PipelineRun.manifest({
    metadata: {
      ...(typeof name === 'string' ? { name } : { generateName: name.prefix }),
      labels: {
        ...runLabels(model.name, environment, start.startedBy),
        ...(event === undefined ? {} : { [labels.event]: event }),
        ...(source === undefined ? {} : { [labels.commit]: source.commitLabel }),
      },
      ...(annotations === undefined ? {} : { annotations }),
    },
    spec: {
      pipelineRef: { name: pipelineName(model.name) },
      params: [
        { name: runParams.environment, value: environment },
        ...(source === undefined
          ? []
          : [
              { name: runParams.branch, value: source.branch },
              { name: runParams.commit, value: source.commit },
            ]),
      ],
      timeouts: formatTimeouts(plan),
      taskRunTemplate: {
        serviceAccountName: runnerName,
        // Service links would put a variable for each Service of the namespace into the user's program.
        podTemplate: {
          securityContext: restrictedPodWithVolumes(platform),
          enableServiceLinks: false,
          ...describeRunPlacement(training),
        },
      },
      taskRunSpecs: listStages(plan).flatMap(({ kind, name }) =>
        kind === 'program' ? [{ pipelineTaskName: name, serviceAccountName: trainerName }] : [],
      ),
      workspaces: [{ name: runWorkspace, volumeClaimTemplate: { spec: claimVolume(training) } }],
    },
  }) as ResourceTemplate;
}

function formatTimeouts(plan: PipelinePlan): PipelineRunSpecTimeouts {
  const timeouts = planRunTimeouts(plan);
  return {
    pipeline: formatGoDuration(timeouts.pipeline),
    tasks: formatGoDuration(timeouts.tasks),
    finally: formatGoDuration(timeouts.finally),
  };
}

function claimVolume({ storage, storageClass, accessMode }: RunVolume): object {
  return {
    accessModes: [accessMode],
    resources: { requests: { storage } },
    ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
  };
}

/**
 * Tekton puts all Pods of a run with a volume on one node. So where the training is one of them, or can write the volume
 * on their node only, the node that it wants is everybody's.
 */
function describeRunPlacement(training: Training): object {
  const apart = training.engine !== 'container' && training.accessMode === 'ReadWriteMany';
  return apart ? {} : describePlacement(training);
}
