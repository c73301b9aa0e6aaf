import type { z } from 'zod';
import type { Model, Platform, Training } from '../../../config/model.js';
import type { Duration } from '../../../config/values/duration.js';
import type { ProgramTask } from '../../tasks/program-task.js';
import type { StepContract, TaskContract } from '../../tasks/step-contract.js';

/** What a Pipeline is planned of. */
export interface GraphContext {
  readonly platform: Platform;
  readonly model: Model;
  readonly training: Training;
}

/** What one task of a Pipeline does. */
export type Stage = StepStage | ProgramStage;

interface StageBasics {
  /** DNS label, unique within the Pipeline. */
  readonly name: string;
  /** A value for each param of its Task, by the field of its contract. */
  readonly params: Readonly<Record<string, string>>;
  /** Deadline of one attempt. */
  readonly timeout: Duration;
  /** Attempts after a failed one. */
  readonly retries: number;
  /** What of it a finished run says. */
  readonly results: readonly RunResult[];
  /** The stage is skipped unless all of these hold, too; that the run was admitted is asked of every stage. */
  readonly conditions: readonly StageCondition[];
}

/** A step of ours. */
export interface StepStage extends StageBasics {
  readonly kind: 'step';
  readonly contract: TaskContract;
}

/** A program of others in an image of theirs, run by an account without rights. */
export interface ProgramStage extends StageBasics {
  readonly kind: 'program';
  readonly task: ProgramTask;
}

/** A result of a Pipeline; Tekton leaves out those of skipped tasks. */
export interface RunResult {
  readonly name: string;
  readonly value: string;
  readonly description: string;
}

/** `input` is a variable of Tekton. */
export interface StageCondition {
  readonly input: string;
  readonly values: readonly string[];
}

/** What may be said about a stage of ours besides its params. */
interface StepOptions<Result extends string> {
  /** Default: the contract's name. */
  readonly name?: string;
  /** Deadline of one attempt. Default: the contract's. */
  readonly timeout?: Duration;
  /** Results that a finished run says, under these names. Default none. */
  readonly results?: Readonly<Partial<Record<Result, string>>>;
  /** Default none. */
  readonly conditions?: readonly StageCondition[];
}

/** Checks what can be checked now: a value that the step would refuse is a fault of ours. */
export function stepStage<Params extends z.ZodObject, Result extends string>(
  contract: TaskContract<Params, Result>,
  params: Readonly<Record<keyof z.input<Params> & string, string>>,
  { name = contract.name, timeout = contract.timeout, results, conditions = [] }: StepOptions<Result> = {},
): StepStage {
  const fields: Readonly<Record<string, z.ZodType>> = contract.params.shape;
  for (const [field, value] of Object.entries<string>(params)) {
    if (value.startsWith('$(')) continue;
    const checked = fields[field]?.safeParse(value);
    if (checked?.success !== true) throw new Error(`step ${contract.name} refuses ${field} "${value}"`);
  }
  const { retries } = contract;
  return {
    kind: 'step',
    name,
    contract,
    params,
    timeout,
    retries,
    results: results === undefined ? [] : listResults(contract, name, results),
    conditions,
  };
}

function listResults<Result extends string>(
  contract: TaskContract<z.ZodObject, Result>,
  stage: string,
  names: Readonly<Partial<Record<Result, string>>>,
): readonly RunResult[] {
  return Object.entries<string | undefined>(names).flatMap(([result, name]) => {
    const description = Object.entries<string>(contract.results).find(([key]) => key === result)?.[1];
    if (name === undefined || description === undefined) return [];
    return [{ name, value: stageResult(stage, result), description }];
  });
}

/** A variable that Tekton replaces by the result of a step. */
export function resultOf<Result extends string>(
  contract: StepContract<z.ZodObject, Result>,
  result: Result,
): string {
  return stageResult(contract.name, result);
}

/** A variable that Tekton replaces by a result of whatever a stage does. */
export function stageResult(stage: string, result: string): string {
  return `$(tasks.${stage}.results.${result})`;
}

/** A variable that Tekton replaces by the name of the run. */
export const runName = '$(context.pipelineRun.name)';

/** A variable that Tekton replaces by the UID of the run. */
export const runUid = '$(context.pipelineRun.uid)';
