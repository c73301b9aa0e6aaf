import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrorCode } from './error-code.js';

/**
 * Lists what driftloop wrote into an output directory. Its name ends neither in .yaml nor in .json, so that
 * Argo CD and kubectl pass it by.
 */
export const recordFile = '.driftloop-output';

const title = 'Files that driftloop wrote here, and may replace or delete:';

export function formatRecord(paths: readonly string[]): string {
  return `${[title, ...paths].join('\n')}\n`;
}

/** The first file or folder below a directory that driftloop did not write; undefined: there is none. */
export async function findForeignFile(directory: string): Promise<string | undefined> {
  for (;;) {
    const before = await identify(directory);
    const foreign = await compareWithRecord(directory);
    // Another run may have replaced the directory between listing and record: then look again.
    if (foreign === undefined || before === (await identify(directory))) return foreign;
  }
}

async function identify(directory: string): Promise<number | undefined> {
  return orWhenAbsent(
    stat(directory).then(({ ino }) => ino),
    undefined,
  );
}

async function compareWithRecord(directory: string): Promise<string | undefined> {
  const ours = new Set([recordFile, ...(await readRecord(directory))]);
  // Ends at the first, because somebody may name a directory as large as his home.
  for await (const path of listFiles(directory)) if (!ours.has(path)) return path;
  return undefined;
}

/** The paths a directory's record lists; what is behind the last line end is an empty one. */
export async function readRecord(directory: string): Promise<readonly string[]> {
  const text = await orWhenAbsent(readFile(join(directory, recordFile), 'utf8'), '');
  const [first, ...paths] = text.split('\n');
  return first === title ? paths : [];
}

/** Everything but folders that hold files; an empty folder of someone else counts as a file. */
async function* listFiles(directory: string, folder = ''): AsyncGenerator<string> {
  const entries = await orWhenAbsent(readdir(join(directory, folder), { withFileTypes: true }), []);
  if (entries.length === 0 && folder !== '') yield folder;
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* listFiles(directory, path);
    else yield path;
  }
}

async function orWhenAbsent<T>(reading: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return otherwise;
    throw error;
  }
}
