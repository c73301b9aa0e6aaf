import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { hasErrorCode } from '../../synth/error-code.js';
import type { Clock } from '../clock.js';
import { OutsideError } from '../outside-error.js';
import { describeUnwritable } from '../temporary-folder.js';

/**
 * One publisher per repository and branch on this machine. The lock only saves work: what keeps the repository right is
 * that a push which is not a fast-forward is refused, so a lock that is wrongly taken over does no harm.
 */
export interface LockOptions {
  readonly clock: Clock;
  /** Default: a folder of the user below the temporary directory. */
  readonly directory?: string | undefined;
  /** How long to wait for another publisher, in milliseconds. Default 5 minutes. */
  readonly patience?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Nobody publishes for so long; the owner was killed and its process number given to another program. */
const longestHold = 30 * 60_000;
const pollInterval = 100;
const defaultPatience = 5 * 60_000;

const ownerSchema = z.object({ pid: z.number().int().positive(), host: z.string(), token: z.string() });

/** Does the work while holding the lock of a repository and branch. */
export async function withLock<T>(
  repository: string,
  branch: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const file = await lockFile(repository, branch, options.directory);
  const token = randomUUID();
  await acquire(file, token, `${repository} ${branch}`, options);
  try {
    return await work();
  } finally {
    if ((await readOwner(file))?.token === token) await rm(file, { force: true });
  }
}

async function lockFile(repository: string, branch: string, directory = defaultDirectory()): Promise<string> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw describeUnwritable(`the folder for locks ${directory}`, error);
  }
  const name = createHash('sha256').update(`${repository}\n${branch}`).digest('hex').slice(0, 32);
  return join(directory, `${name}.lock`);
}

/** Named after the user, because several share the temporary directory. */
function defaultDirectory(): string {
  return join(tmpdir(), `driftloop-locks-${process.getuid?.() ?? 'user'}`);
}

async function acquire(file: string, token: string, subject: string, options: LockOptions): Promise<void> {
  const { clock, patience = defaultPatience, signal } = options;
  const deadline = clock.now().getTime() + patience;
  while (!(await tryCreate(file, token))) {
    if (await isStale(file, clock)) {
      await rm(file, { force: true });
      continue;
    }
    if (clock.now().getTime() >= deadline) {
      const owner = await readOwner(file);
      throw new OutsideError(
        `another driftloop (process ${owner?.pid ?? 'unknown'}) is publishing to ${subject}`,
        {
          hint: `Wait for it to end. If it has ended, remove ${file}.`,
        },
      );
    }
    await clock.wait(pollInterval, signal);
  }
}

async function tryCreate(file: string, token: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle
      .writeFile(JSON.stringify({ pid: process.pid, host: hostname(), token }))
      .finally(() => handle.close());
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false;
    throw describeUnwritable(`the lock ${file}`, error);
  }
}

async function isStale(file: string, clock: Clock): Promise<boolean> {
  const owner = await readOwner(file);
  if (owner?.host === hostname() && !isAlive(owner.pid)) return true;
  const age = await ageOf(file, clock);
  // Between creating and filling the file its owner is not known yet.
  return age !== undefined && age > (owner === undefined ? 10_000 : longestHold);
}

async function readOwner(file: string): Promise<z.infer<typeof ownerSchema> | undefined> {
  try {
    return ownerSchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError || hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function ageOf(file: string, clock: Clock): Promise<number | undefined> {
  try {
    return clock.now().getTime() - (await stat(file)).mtimeMs;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasErrorCode(error, 'EPERM');
  }
}
