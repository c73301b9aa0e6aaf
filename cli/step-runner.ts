import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { stepVariables } from '../charts/tasks/step-contract.js';
import { OutsideError } from '../gitops/outside-error.js';
import { packageRoot } from './package-root.js';
import type { Session } from './session.js';

export interface StepOutcome {
  /** 0: done; 1: the step said no, or its params are wrong. */
  readonly status: number;
  /** By name; undefined: they are in the folder that the caller named. */
  readonly results: Readonly<Record<string, string>> | undefined;
}

/**
 * Runs the step runner as its image does: the bundled program, in a process of its own, with nothing but variables. The
 * command line imports no step, so that a step behaves here as it does in the cluster.
 */
export async function runStepProgram(
  name: string,
  { terminal }: Session,
  signal: AbortSignal,
): Promise<StepOutcome> {
  const { environment, cwd } = terminal;
  // What the step says goes to standard error: results are all that a program may read.
  const start = {
    words: [name],
    cwd,
    signal,
    say: (line: string) => {
      terminal.log(line);
    },
  };
  const own = environment[stepVariables.results] === undefined;
  if (!own) return { status: await run({ ...start, environment }), results: undefined };
  const folder = await mkdtemp(join(tmpdir(), 'driftloop-step-'));
  try {
    const variables = { ...environment, [stepVariables.results]: folder };
    const status = await run({ ...start, environment: variables });
    return { status, results: await readResults(folder) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Prints which steps there are, or what one of them takes. */
export function describeSteps(
  name: string | undefined,
  { terminal }: Session,
  signal: AbortSignal,
): Promise<number> {
  const { environment, cwd } = terminal;
  const say = (line: string) => {
    terminal.write(`${line}\n`);
  };
  return run({ words: [...(name === undefined ? [] : [name]), '--help'], environment, cwd, say, signal });
}

interface Start {
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

function run({ words, environment, cwd, say, signal }: Start): Promise<number> {
  const program = join(packageRoot(), 'build/step-runner/step.mjs');
  if (!existsSync(program)) throw new Error(`${program} is not there; npm run build makes it`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], {
      cwd,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', say);
    child.on('error', reject);
    child.on('close', (status, killedBy) => {
      if (status !== null) resolve(status);
      else reject(new OutsideError(`the step was ended by ${killedBy ?? 'a signal'}`));
    });
  });
}

async function readResults(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(folder)).sort();
  const read = async (name: string) => [name, await readFile(join(folder, name), 'utf8')] as const;
  return Object.fromEntries(await Promise.all(names.map(read)));
}
