import type { Construct } from 'constructs';
import type { Model, Platform, Training } from '../../config/model.js';
import { formatGoDuration } from '../../config/values/duration.js';
import { Pipeline } from '../../imports/tekton.dev.js';
import type { PipelineSpec, PipelineSpecTasks } from '../../imports/tekton.dev.js';
import { newestCommit, runParams, runWorkspace } from '../contract.js';
import { labels, pipelineName, syncWave } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { release } from '../tasks/release.js';
import { programTaskSpec } from '../tasks/program-task.js';
import { namedParams, taskName } from '../tasks/step-contract.js';
import { runVolume } from '../tasks/step-task.js';
import { listStages, planPipeline } from './graph/plan-pipeline.js';
import type { PlannedStage } from './graph/plan-pipeline.js';
import type { Stage } from './graph/stage.js';

export interface RetrainingPipelineProps {
  /** Decides the namespace, and where releases go. */
  readonly platform: Platform;
  readonly model: Model;
  /** How the model is trained. */
  readonly training: Training;
}

/** The Pipeline that trains one model anew and releases it when it is good enough. */
export class RetrainingPipeline extends DriftloopChart {
  constructor(scope: Construct, id: string, props: RetrainingPipelineProps) {
    super(scope, id, { namespace: props.platform.namespaces.toolings });
    new Pipeline(this, 'pipeline', {
      metadata: {
        name: pipelineName(props.model.name),
        annotations: { [syncWave.annotation]: syncWave.pipelines },
        labels: { [labels.model]: props.model.name },
      },
      spec: pipelineSpec(props),
    });
  }
}

function pipelineSpec({ platform, model, training }: RetrainingPipelineProps): PipelineSpec {
  const plan = planPipeline({ platform, model, training });
  return {
    description: describePipeline(model.name, plan.stages),
    params: [
      {
        name: runParams.environment,
        type: 'string',
        description: 'Environment the run is for: that of the alert, else the one that receives releases.',
      },
      {
        name: runParams.branch,
        type: 'string',
        description: 'Branch that is trained from.',
        default: model.source.branch,
      },
      {
        name: runParams.commit,
        type: 'string',
        description: 'The commit of the branch that is trained from, or "newest".',
        default: newestCommit,
      },
    ],
    workspaces: [runVolume],
    tasks: plan.stages.map((stage) => pipelineTask(stage, platform)),
    ...(plan.afterwards.length === 0
      ? {}
      : { finally: plan.afterwards.map((stage) => describeStage(stage, platform)) }),
    results: listStages(plan).flatMap(({ results }) => results),
  };
}

function describePipeline(model: string, stages: readonly PlannedStage[]): string {
  const releases = stages.some(({ name }) => name === release.name);
  return `Trains ${model} anew${releases ? ' and releases it when it meets its thresholds' : ''}.`;
}

function pipelineTask(stage: PlannedStage, platform: Platform): PipelineSpecTasks {
  const { runAfter } = stage;
  return {
    ...describeStage(stage, platform),
    ...(runAfter.length === 0 ? {} : { runAfter: [...runAfter] }),
  };
}

function describeStage(stage: Stage, platform: Platform): PipelineSpecTasks {
  const { name, conditions, retries, timeout } = stage;
  return {
    name,
    ...(stage.kind === 'step'
      ? {
          taskRef: { kind: 'Task', name: taskName(stage.contract) },
          params: [...namedParams(stage.params)],
          ...(stage.contract.workspace ? { workspaces: [sharedVolume] } : {}),
        }
      : {
          taskSpec: programTaskSpec(stage.task, platform),
          params: listGiven(stage.params),
          workspaces: [sharedVolume],
        }),
    timeout: formatGoDuration(timeout),
    ...(retries === 0 ? {} : { retries }),
    ...(conditions.length === 0
      ? {}
      : { when: conditions.map(({ input, values }) => ({ input, operator: 'in', values: [...values] })) }),
  };
}

function listGiven(params: Readonly<Record<string, string>>) {
  return Object.entries(params).map(([name, value]) => ({ name, value }));
}

const sharedVolume = { name: runWorkspace, workspace: runWorkspace };
