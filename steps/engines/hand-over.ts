import { engineGrace } from '../../charts/engine-contract.js';
import { OutsideError } from '../../gitops/outside-error.js';
import { StepFailure } from '../step-failure.js';
import type { StepContext } from '../step.js';
import { isCancelled } from './cancellation.js';
import { LogFollower } from './log-follower.js';
import type { Observation, Trainer } from './trainer.js';
import { Verdicts } from './verdicts.js';

export interface HandOver {
  readonly trainer: Trainer;
  readonly attempts: number;
  /** Seconds that an attempt may take. */
  readonly timeout: number;
  /** Comes before whatever is created. */
  readonly prepare: () => Promise<unknown>;
}

/** Between two looks, in milliseconds. */
const interval = 5_000;

/**
 * Has something trained elsewhere, and stays with it until it has ended. What is created has a name that follows from
 * the run, so a step that was killed finds it again, wherever it was killed. Throws unless an attempt succeeds.
 */
export async function handOver(work: HandOver, context: StepContext): Promise<void> {
  const verdicts = new Verdicts(context.workspace());
  const stopped = context.stopped();
  let failure = '';
  for (let attempt = 1; attempt <= work.attempts; attempt += 1) {
    const name = work.trainer.nameOf(attempt);
    const verdict = (await verdicts.read(name)) ?? (await watchOver(name, work, context, stopped));
    if (verdict === undefined) return;
    await verdicts.write(name, verdict);
    await settle(name, work.trainer);
    failure = `${work.trainer.describe(name)} ${verdict}`;
    context.log(`${failure}.`, 'warning');
  }
  throw new StepFailure(`The training failed: ${failure}.`);
}

/** What has failed by itself stays, for people to look at; what did not end is ended. */
async function settle(name: string, trainer: Trainer): Promise<void> {
  const left = await trainer.observe(name);
  if (left?.state === 'going on') await trainer.stop(name);
}

/** Why an attempt failed; undefined: it succeeded. */
async function watchOver(
  name: string,
  work: HandOver,
  context: StepContext,
  stopped: AbortSignal,
): Promise<string | undefined> {
  const { trainer } = work;
  await attach(name, work, context);
  const follower = new LogFollower(
    (signal) => trainer.followLog(name, context.log, signal),
    (milliseconds) => context.wait(milliseconds, stopped),
  );
  try {
    const verdict = await awaitEnd(name, work, context, stopped);
    await follower.drain();
    return verdict;
  } catch (error) {
    if (!stopped.aborted) throw error;
    throw await giveUp(name, trainer, context);
  } finally {
    follower.stop();
  }
}

async function attach(name: string, { trainer, prepare }: HandOver, { log }: StepContext): Promise<void> {
  if ((await trainer.observe(name)) !== undefined) {
    log(`${trainer.describe(name)} is there already, and is waited for.`);
    return;
  }
  await prepare();
  await trainer.create(name);
  log(`Created ${trainer.describe(name)}.`);
}

async function awaitEnd(
  name: string,
  { trainer, timeout }: HandOver,
  { now, wait, log }: StepContext,
  stopped: AbortSignal,
): Promise<string | undefined> {
  const began = now().getTime();
  for (;;) {
    const found = await lookAt(name, trainer, log);
    if (found === undefined) return 'is gone: somebody has deleted it';
    if (found !== 'unknown' && found.state === 'succeeded') return undefined;
    if (found !== 'unknown' && found.state === 'failed')
      return found.reason === '' ? 'failed' : `failed: ${found.reason}`;
    const since = found === 'unknown' ? began : found.createdAt.getTime();
    if (now().getTime() > since + timeout * 1000 + engineGrace) return `did not end within ${timeout} s`;
    await wait(interval, stopped);
  }
}

/** A server that is away does not end a training of hours: it is asked again until the deadline. */
async function lookAt(
  name: string,
  trainer: Trainer,
  log: StepContext['log'],
): Promise<Observation | undefined | 'unknown'> {
  try {
    return await trainer.observe(name);
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    log(`${error.message}; asked again.`, 'warning');
    return 'unknown';
  }
}

/** A run that was cancelled takes its training along; a step that only moves to another node finds it again. */
async function giveUp(name: string, trainer: Trainer, context: StepContext): Promise<StepFailure> {
  const cancelled = await isCancelled(context.api(), context.place().taskRun);
  if (cancelled) await trainer.stop(name);
  const fate = cancelled ? 'was ended with the run' : 'goes on, and is found again by the next attempt';
  return new StepFailure(`The step was told to end: ${trainer.describe(name)} ${fate}.`);
}
