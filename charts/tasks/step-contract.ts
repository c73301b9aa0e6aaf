import { z } from 'zod';
import type { Resources } from '../../config/model.js';
import type { Duration } from '../../config/values/duration.js';
import type { Credential } from './credentials.js';

/**
 * What a step of a run takes and gives, declared once: the charts make a step of a Tekton Task of it and the step runner
 * reads its environment by it. A param `targetBranch` is the Task's param `target-branch` and the variable `PARAM_TARGET_BRANCH`.
 */
export interface StepContract<Params extends z.ZodObject = z.ZodObject, Result extends string = string> {
  /** DNS label: what the step does, as a verb. */
  readonly name: string;
  /** One sentence for people who read the Task. */
  readonly description: string;
  /** Every field takes text, because a Task's params and a process's variables are text. */
  readonly params: Params;
  /** Meaning of each result, by its name. */
  readonly results: Readonly<Record<Result, string>>;
  /** Does it read or write the run's volume? */
  readonly workspace: boolean;
  /** Does it talk to the API server of its cluster? */
  readonly cluster: boolean;
  /** Does it create what works for it? Then it knows the claim of the run's volume and its own TaskRun. Default false. */
  readonly handsOver?: boolean;
  /** The secrets it gets; none but these are in its environment. */
  readonly credentials: readonly Credential[];
  /** What it needs to run. */
  readonly resources: Resources;
}

/** A step that is a Task of its own. */
export interface TaskContract<
  Params extends z.ZodObject = z.ZodObject,
  Result extends string = string,
> extends StepContract<Params, Result> {
  /** Attempts after a failed one; every step may be repeated, but only those that use the network gain by it. */
  readonly retries: number;
  /** Deadline of one attempt, the start of its Pod included; all of them together fit into a run (run-timeouts.ts). */
  readonly timeout: Duration;
}

/** What every Task of ours says when it fails, so that `record` and people need not read logs, which may be gone. */
export const failureResult = { name: 'failure', description: 'Why it failed, in one sentence.' } as const;

/** Variables of a step besides its params and credentials. */
export const stepVariables = {
  workspace: 'STEP_WORKSPACE',
  results: 'STEP_RESULTS',
  claim: 'STEP_CLAIM',
  taskRun: 'STEP_TASK_RUN',
  listenerToken: 'DRIFTLOOP_LISTENER_TOKEN',
  /** How a step logs: a LogFormat. */
  log: 'STEP_LOG',
  /** Folder with `config.json`: credentials of registries, as all programs for images find them. */
  dockerConfig: 'DOCKER_CONFIG',
  /** File with the certificate of an authority that registries are signed by; read by gitops/git/remote.ts, too. */
  authority: 'DRIFTLOOP_CA_FILE',
} as const;

/** One param as a Task declares it; all of them are required. */
interface StepParam {
  readonly name: string;
  readonly variable: string;
  readonly description: string;
}

/** Checks a contract where it is declared. */
export function defineStep<Contract extends StepContract>(contract: Contract): Contract {
  listParams(contract);
  return contract;
}

/** The params of a step in the order of their declaration; throws when one of them could not be a Task's param. */
export function listParams(contract: StepContract): readonly StepParam[] {
  return Object.entries(contract.params.shape).map(([field, schema]) => {
    const declared = z.toJSONSchema(schema, { io: 'input' });
    if (declared.type !== 'string' || declared.description === undefined) {
      throw new Error(`param ${field} of step ${contract.name} must take text and have a description`);
    }
    return {
      name: kebab(field),
      variable: variableOf(field),
      description: declared.description,
    };
  });
}

/** The params as fields, out of a process's variables; a variable that is not set is left out. */
export function collectParams(
  contract: StepContract,
  variables: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(contract.params.shape).flatMap((field) => {
      const value = variables[variableOf(field)];
      return value === undefined ? [] : [[field, value]];
    }),
  );
}

/** The values of a step's params as a Pipeline's task gives them. */
export function namedParams(
  values: Readonly<Record<string, string>>,
): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(values).map(([field, value]) => ({ name: kebab(field), value }));
}

/** Name of the Task of a step. */
export function taskName(contract: TaskContract): string {
  return `driftloop-${contract.name}`;
}

function kebab(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function variableOf(field: string): string {
  return `PARAM_${kebab(field).replaceAll('-', '_').toUpperCase()}`;
}
