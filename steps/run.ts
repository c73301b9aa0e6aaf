import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';
import type { z } from 'zod';
import { monitoringVariables } from '../charts/tasks/credentials.js';
import { collectParams, failureResult, listParams, stepVariables } from '../charts/tasks/step-contract.js';
import type { StepContract } from '../charts/tasks/step-contract.js';
import { systemClock } from '../gitops/clock.js';
import type { Clock } from '../gitops/clock.js';
import { OutsideError } from '../gitops/outside-error.js';
import { readCredentials } from '../gitops/git/remote.js';
import { hasErrorCode } from '../synth/error-code.js';
import { demand } from './demand.js';
import { connectFromPod, KubernetesApi } from './kubernetes-api.js';
import type { Log } from './log.js';
import { StepFailure } from './step-failure.js';
import type { Step, StepContext } from './step.js';

type Params = z.output<StepContract['params']>;

export type Variables = Readonly<Record<string, string | undefined>>;

/** A Task's results share a message of 4096 bytes with Tekton's own entries; this much was seen to pass. */
const resultLimit = 3600;

/** What of it the sentence about a failure takes at most. */
const failureLimit = 400;

/**
 * Waits in milliseconds before a step is repeated because something outside failed. An episode of drift starts one run,
 * so a server that restarts must not cost it; all attempts together fit into the timeouts of the Tasks.
 */
const pauses = [5_000, 15_000, 30_000];

/** Runs a step as its Task does: params from variables, results to files. Gives the exit status. */
export async function runStep(
  step: Step,
  variables: Variables,
  log: Log,
  clock: Clock = systemClock,
): Promise<0 | 1> {
  try {
    const params = readParams(step.contract, variables);
    const context = createContext(variables, log, clock);
    const { results, failure } = await persist(() => perform(step, params, context), log, clock);
    const room = await writeResults(step.contract, variables, results);
    return failure === undefined ? 0 : await tellFailure(failure, room, variables, log);
  } catch (error) {
    return tellFailure(explain(error), resultLimit, variables, log);
  }
}

async function persist<T>(attempt: () => Promise<T>, log: Log, clock: Clock): Promise<T> {
  for (const pause of pauses) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof OutsideError)) throw error;
      log(`${explain(error)} Trying again in ${pause / 1000} s.`, 'warning');
      await clock.wait(pause);
    }
  }
  return attempt();
}

interface Outcome {
  readonly results: Readonly<Record<string, string>>;
  readonly failure?: string;
}

/** A step may fail and still have results. */
async function perform(step: Step, params: Params, context: StepContext): Promise<Outcome> {
  try {
    return { results: await step.perform(params, context) };
  } catch (error) {
    if (error instanceof StepFailure) return { results: error.results, failure: error.message };
    throw error;
  }
}

/** What a person sees who asks a step for help. */
export function describeStep(contract: StepContract): string {
  const lines = listParams(contract).map(({ variable, description }) => `  ${variable}  ${description}`);
  return [`${contract.name}: ${contract.description}`, 'Variables:', ...lines].join('\n');
}

function readParams(contract: StepContract, variables: Variables): Params {
  const parsed = contract.params.safeParse(collectParams(contract, variables));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new StepFailure(`The params of step ${contract.name} are wrong: ${faults.join('; ')}.`);
}

function createContext(variables: Variables, log: Log, clock: Clock): StepContext {
  return {
    workspace: () => required(variables, stepVariables.workspace),
    api: () => new KubernetesApi(connectFromPod(variables)),
    credentials: demand(readCredentials({ ...variables })).credentials,
    listenerToken: () => required(variables, stepVariables.listenerToken),
    registries: async () => {
      // Few steps need it, and its libraries take time to load.
      const { openRegistries } = await import('./oci/open-registries.js');
      return openRegistries(variables);
    },
    place: () => ({
      claim: required(variables, stepVariables.claim),
      taskRun: required(variables, stepVariables.taskRun),
    }),
    now: () => clock.now(),
    wait: (milliseconds, signal) => clock.wait(milliseconds, signal),
    stopped: listenForEnd,
    secret: (variable) => optional(variables, variable),
    server: (name) => ({
      token: optional(variables, monitoringVariables[name].token),
      authority: optional(variables, monitoringVariables[name].authority),
    }),
    log,
  };
}

/** The kubelet asks with SIGTERM, and kills after the Pod's grace period. */
function listenForEnd(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGTERM', () => {
    controller.abort();
  });
  return controller.signal;
}

/** Gives how many bytes are left. */
async function writeResults(
  contract: StepContract,
  variables: Variables,
  results: Readonly<Record<string, string>>,
): Promise<number> {
  if (Object.keys(results).length === 0) return resultLimit;
  const folder = required(variables, stepVariables.results);
  const size = Object.values(results).reduce((sum, value) => sum + Buffer.byteLength(value), 0);
  if (size > resultLimit)
    throw new Error(`step ${contract.name} has ${size} bytes of results, more than ${resultLimit}`);
  await Promise.all(Object.entries(results).map(([name, value]) => writeFile(join(folder, name), value)));
  return resultLimit - size;
}

/** The sentence stands in the log and, as far as there is room, in a result. */
async function tellFailure(failure: string, room: number, variables: Variables, log: Log): Promise<1> {
  log(failure, 'error');
  const folder = optional(variables, stepVariables.results);
  if (folder !== undefined) {
    await writeFile(join(folder, failureResult.name), shorten(failure, Math.min(room, failureLimit))).catch(
      (error: unknown) => {
        // A Job is no Task, and has no folder for results.
        if (!hasErrorCode(error, 'ENOENT')) log(explain(error), 'error');
      },
    );
  }
  return 1;
}

/** As many bytes of a text as there may be, and no part of a character. */
function shorten(text: string, limit: number): string {
  return new TextDecoder().decode(Buffer.from(text).subarray(0, limit)).replace(/\uFFFD$/, '');
}

function required(variables: Variables, name: string): string {
  const value = optional(variables, name);
  if (value === undefined) throw new StepFailure(`The variable ${name} is not set.`);
  return value;
}

/** A variable that is empty is not set. */
function optional(variables: Variables, name: string): string | undefined {
  const value = variables[name];
  return value === '' ? undefined : value;
}

/** One sentence for what may happen; everything else is a fault of ours and keeps its stack trace. */
function explain(error: unknown): string {
  if (error instanceof StepFailure) return error.message;
  if (error instanceof OutsideError) return [`${error.message}.`, error.hint ?? []].flat().join(' ');
  if (!isNativeError(error)) return String(error);
  return isSystemFailure(error) ? `${error.message}.` : (error.stack ?? error.message);
}

/** The volume is full, or its folders may not be written. */
function isSystemFailure(error: Error): boolean {
  return 'syscall' in error && hasErrorCode(error, 'EACCES', 'EDQUOT', 'EIO', 'ENOSPC', 'EPERM', 'EROFS');
}
