import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutsideError } from './outside-error.js';

/** A new folder in the temporary directory, whose name begins with `driftloop-<purpose>-`. */
export async function makeTemporaryFolder(purpose: string): Promise<string> {
  const prefix = join(tmpdir(), `driftloop-${purpose}-`);
  try {
    return await mkdtemp(prefix);
  } catch (cause) {
    throw describeUnwritable(`the temporary folder ${prefix}*`, cause);
  }
}

/** Lends a new folder that is gone when the work is done, well or not. */
export async function withTemporaryFolder<T>(
  purpose: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await makeTemporaryFolder(purpose);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The temporary directory does not take what must go there. */
export function describeUnwritable(what: string, cause: unknown): OutsideError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new OutsideError(`${what} cannot be created: ${reason}`, {
    hint: 'Set TMPDIR to a directory that exists, may be written and has room.',
    cause,
  });
}
