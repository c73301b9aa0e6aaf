import type { Construct } from 'constructs';
import type { Model, Platform, Training } from '../../config/model.js';
import { formatGoDuration } from '../../config/values/duration.js';
import { Pipeline } from '../../imports/tekton.dev.js';
import type { PipelineSpec, PipelineSpecTasks } from '../../imports/tekton.dev.js';
import { newestCommit, runParams, runWorkspace } from '../contract.js';
import { labels, pipelineName, syncWave } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { checkTaskSpec } from './check-task.js';
import { planPipeline, resultOf } from './pipeline-graph.js';
import type { CheckWork, PipelineStage, StepWork, TrainingWork } from './pipeline-graph.js';
import { admit } from '../tasks/admit.js';
import { evaluate } from '../tasks/evaluate.js';
import { fetchSource } from '../tasks/fetch-source.js';
import { release } from '../tasks/release.js';
import { namedParams, taskName } from '../tasks/step-contract.js';
import { runVolume } from '../tasks/step-task.js';
import { trainingParams, trainingTaskSpec } from './training-task.js';

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
  const stages = planPipeline(platform, model, training);
  return {
    description: describePipeline(model.name, stages),
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
    tasks: stages.map((stage) => pipelineTask(stage, platform, model.name)),
    results: runResults
      .filter(({ from }) => stages.some(({ name }) => name === from.name))
      .map(({ name, value, description }) => ({ name, value, description })),
  };
}

function describePipeline(model: string, stages: readonly PipelineStage[]): string {
  const releases = stages.some(({ name }) => name === release.name);
  return `Trains ${model} anew${releases ? ' and releases it when it meets its thresholds' : ''}.`;
}

/** What a finished run says; results of skipped tasks are left out by Tekton. */
const runResults = [
  { name: 'admitted', from: admit, value: resultOf(admit, 'admitted'), description: admit.results.admitted },
  { name: 'reason', from: admit, value: resultOf(admit, 'reason'), description: admit.results.reason },
  {
    name: 'commit',
    from: fetchSource,
    value: resultOf(fetchSource, 'commit'),
    description: fetchSource.results.commit,
  },
  {
    name: 'metrics',
    from: evaluate,
    value: resultOf(evaluate, 'summary'),
    description: evaluate.results.summary,
  },
  {
    name: 'version',
    from: release,
    value: resultOf(release, 'version'),
    description: release.results.version,
  },
  { name: 'image', from: release, value: resultOf(release, 'image'), description: release.results.image },
  { name: 'release', from: release, value: resultOf(release, 'commit'), description: release.results.commit },
];

function pipelineTask(stage: PipelineStage, platform: Platform, model: string): PipelineSpecTasks {
  const { runAfter, conditions } = stage;
  return {
    name: stage.name,
    ...describeWork(stage, platform, model),
    ...(runAfter.length === 0 ? {} : { runAfter: [...runAfter] }),
    ...(conditions.length === 0
      ? {}
      : { when: conditions.map(({ input, values }) => ({ input, operator: 'in', values: [...values] })) }),
  };
}

function describeWork(
  stage: PipelineStage,
  platform: Platform,
  model: string,
): Omit<PipelineSpecTasks, 'name'> {
  if (stage.kind === 'step') return stepTask(stage);
  return stage.kind === 'check' ? checkTask(stage, model) : trainingTask(stage, platform, model);
}

function checkTask({ check, commit }: CheckWork, model: string): Omit<PipelineSpecTasks, 'name'> {
  return {
    taskSpec: checkTaskSpec(check, model),
    params: [{ name: trainingParams.commit, value: commit }],
    timeout: formatGoDuration(check.timeout),
    workspaces: [sharedVolume],
  };
}

function stepTask({ contract, params }: StepWork): Omit<PipelineSpecTasks, 'name'> {
  return {
    taskRef: { kind: 'Task', name: taskName(contract) },
    params: [...namedParams(params)],
    timeout: formatGoDuration(contract.timeout),
    ...(contract.retries === 0 ? {} : { retries: contract.retries }),
    ...(contract.workspace ? { workspaces: [sharedVolume] } : {}),
  };
}

function trainingTask(
  { training, commit }: TrainingWork,
  platform: Platform,
  model: string,
): Omit<PipelineSpecTasks, 'name'> {
  return {
    taskSpec: trainingTaskSpec(platform, training, model),
    params: [
      { name: trainingParams.commit, value: commit },
      { name: trainingParams.environment, value: `$(params.${runParams.environment})` },
    ],
    timeout: formatGoDuration(training.timeout),
    ...(training.retries === 0 ? {} : { retries: training.retries }),
    workspaces: [sharedVolume],
  };
}

const sharedVolume = { name: runWorkspace, workspace: runWorkspace };
