import type { z } from 'zod';
import type { Check, Model, Platform, Repository, Training, WorkspaceSource } from '../../config/model.js';
import { runParams } from '../contract.js';
import { admit } from '../tasks/admit.js';
import { evaluate } from '../tasks/evaluate.js';
import { fetchSource } from '../tasks/fetch-source.js';
import { release } from '../tasks/release.js';
import type { StepContract, TaskContract } from '../tasks/step-contract.js';

/** One task of a retraining Pipeline. */
export type PipelineStage = StageWork & {
  /** Stages that must have succeeded before. */
  readonly runAfter: readonly string[];
  /** The stage is skipped unless all of these hold. */
  readonly conditions: readonly StageCondition[];
};

/** `input` is a result of another stage. */
interface StageCondition {
  readonly input: string;
  readonly values: readonly string[];
}

type StageWork = StepWork | TrainingWork | CheckWork;

/** A step of ours, with a value for each of its params. */
export interface StepWork {
  readonly kind: 'step';
  readonly name: string;
  readonly contract: TaskContract;
  readonly params: Readonly<Record<string, string>>;
}

/** The user's own program. */
export interface TrainingWork {
  readonly kind: 'training';
  readonly name: string;
  readonly training: Training;
  /** Commit of the source, as the training finds it in its environment. */
  readonly commit: string;
}

/** A program of the user's that must succeed. */
export interface CheckWork {
  readonly kind: 'check';
  readonly name: string;
  readonly check: Check;
  /** Commit of the source, as the check finds it in its environment. */
  readonly commit: string;
}

/** Name of the training stage. */
export const trainingStage = 'train';

/** The stages that run foreign code, as somebody without rights. */
export function foreignStages(model: Model): readonly string[] {
  return [...model.checks.map(checkStageName), trainingStage];
}

function checkStageName({ name }: Check): string {
  return `check-${name}`;
}

/**
 * The stages of a model's Pipeline. Stages of one phase run side by side, a phase after the one before, and a phase
 * without stages is left out; so a further gate is one more entry of its phase, and nothing else changes.
 */
export function planPipeline(platform: Platform, model: Model, training: Training): readonly PipelineStage[] {
  const later = [
    [fetchStage(model.source)],
    checkStages(model),
    [trainStage(training)],
    gateStages(model),
    releaseStages(platform, model),
  ].filter((phase) => phase.length > 0);
  const admission = admitStage(model, training);
  const isAdmitted = { input: resultOf(admit, 'admitted'), values: ['true'] };
  const stages: PipelineStage[] = [{ ...admission, runAfter: [], conditions: [] }];
  let before = [admission.name];
  for (const phase of later) {
    // Tekton skips what waits for a skipped task only when it also uses a result of it, so each stage asks itself.
    stages.push(...phase.map((work) => ({ ...work, runAfter: before, conditions: [isAdmitted] })));
    before = phase.map((work) => work.name);
  }
  return stages;
}

/** A variable that Tekton replaces by the result of a step. */
export function resultOf<Result extends string>(
  contract: StepContract<z.ZodObject, Result>,
  result: Result,
): string {
  return `$(tasks.${contract.name}.results.${result})`;
}

function admitStage(model: Model, training: Training): StepWork {
  return stepWork(admit, {
    model: model.name,
    run: runName,
    cooldown: String(Math.round(training.cooldown.milliseconds / 1000)),
  });
}

function fetchStage(source: Repository): StepWork {
  return stepWork(fetchSource, {
    repository: source.url,
    branch: `$(params.${runParams.branch})`,
    commit: `$(params.${runParams.commit})`,
  });
}

function trainStage(training: Training): TrainingWork {
  return { kind: 'training', name: trainingStage, training, commit: resultOf(fetchSource, 'commit') };
}

function checkStages({ checks }: Model): readonly CheckWork[] {
  const commit = resultOf(fetchSource, 'commit');
  return checks.map((check) => ({ kind: 'check', name: checkStageName(check), check, commit }));
}

function gateStages(model: Model): readonly StepWork[] {
  if (model.gates.length === 0) return [];
  return [stepWork(evaluate, { gates: JSON.stringify(model.gates) })];
}

function releaseStages(platform: Platform, model: Model): readonly StepWork[] {
  const { repository, source } = platform;
  // Deployments stand in the order of promotion.
  const environment = model.deployments[0]?.environment.name;
  if (repository === undefined || source === undefined || environment === undefined) return [];
  return [releaseStage(model, environment, repository, source)];
}

function releaseStage(
  model: Model,
  environment: string,
  target: Repository,
  source: WorkspaceSource,
): StepWork {
  return stepWork(release, {
    model: model.name,
    environment,
    run: runName,
    commit: resultOf(fetchSource, 'commit'),
    targetRepository: target.url,
    targetBranch: target.branch,
    sourceRepository: source.url,
    sourceBranch: source.branch,
    sourcePath: source.path === '' ? '.' : source.path,
  });
}

const runName = '$(context.pipelineRun.name)';

/** Checks what can be checked now: a value that the step would refuse is a fault of ours. */
function stepWork<Params extends z.ZodObject>(
  contract: TaskContract<Params>,
  params: Readonly<Record<keyof z.input<Params> & string, string>>,
): StepWork {
  const fields: Readonly<Record<string, z.ZodType>> = contract.params.shape;
  for (const [field, value] of Object.entries<string>(params)) {
    if (value.startsWith('$(')) continue;
    const checked = fields[field]?.safeParse(value);
    if (checked?.success !== true) throw new Error(`step ${contract.name} refuses ${field} "${value}"`);
  }
  return { kind: 'step', name: contract.name, contract, params };
}
