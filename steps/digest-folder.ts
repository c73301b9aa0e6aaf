import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { StepFailure } from './step-failure.js';

export interface FolderDigest {
  /** How many files there are, the one that is left out not counted. */
  readonly files: number;
  /** SHA-256 of the paths and contents of all of them, in hexadecimal digits. */
  readonly digest: string;
  /** Is the file there that is left out? */
  readonly hasSnapshot: boolean;
}

/** The same for the same files, wherever and whenever they were written. Links are not followed: they count by their text. */
export async function digestFolder(folder: string, leftOut: string): Promise<FolderDigest> {
  const paths = await listFiles(folder, '');
  const counted = paths.filter((path) => path !== leftOut).sort((left, right) => (left < right ? -1 : 1));
  const whole = createHash('sha256');
  for (const path of counted)
    whole.update(`${JSON.stringify(path)} ${await digestFile(join(folder, path))}\n`);
  return { files: counted.length, digest: whole.digest('hex'), hasSnapshot: counted.length < paths.length };
}

async function listFiles(folder: string, base: string): Promise<readonly string[]> {
  const entries = await readdir(join(folder, base), { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    const path = base === '' ? entry.name : `${base}/${entry.name}`;
    // A pipe would be read for ever.
    if (!entry.isDirectory() && !entry.isFile() && !entry.isSymbolicLink())
      throw new StepFailure(`${path} of the data is no plain file.`);
    found.push(...(entry.isDirectory() ? await listFiles(folder, path) : [path]));
  }
  return found;
}

async function digestFile(path: string): Promise<string> {
  const link = await readlink(path).catch(() => undefined);
  if (link !== undefined) return `link ${JSON.stringify(link)}`;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer); // A stream without encoding.
  return hash.digest('hex');
}
