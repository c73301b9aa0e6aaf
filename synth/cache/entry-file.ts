import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../problems/problem.js';
import { attempt } from './attempt.js';
import { digestOf } from './digest.js';
import { packKept, unpackKept } from './kept-file.js';
import type { Kept } from './kept-file.js';

/** A synthesis that ended well. */
export interface Remembered {
  /** Warnings, with their positions. */
  readonly problems: readonly Problem[];
  /** How many were written. */
  readonly files: number;
}

export interface Entry extends Remembered {
  /** Which program made it. */
  readonly generator: string;
  /** What it was asked for. */
  readonly request: string;
  readonly inputs: { readonly stats: string; readonly content: string };
  /** The output as it was left (output-state.ts). */
  readonly output: string;
  /** What came of models and parts, in a file of its own: whoever finds that nothing is to be done does not read it. */
  readonly kept: FileReference;
}

interface FileReference {
  readonly name: string;
  readonly digest: string;
}

const entryFile = 'synthesis.json';
const partsFolder = 'parts';

/** The entry as it was written; undefined: there is none, it is damaged, or it was sealed by somebody else. */
export function readEntry(folder: string, seal: Buffer): Entry | undefined {
  return attempt(() => {
    const file = readFileSync(join(folder, entryFile), 'utf8');
    const text = file.slice(file.indexOf('\n') + 1);
    return file.startsWith(`${sealOf(text, seal)}\n`) ? (JSON.parse(text) as Entry) : undefined; // We wrote it: the seal says so.
  });
}

export function readKept(folder: string, { kept: { name, digest } }: Entry): Kept | undefined {
  return attempt(() => {
    const bytes = readFileSync(join(folder, name));
    return digestOf(bytes) === digest ? unpackKept(bytes) : undefined;
  });
}

/** Makes the folder, out of sight of Git; false: there is no place for it. */
export function prepareFolder(folder: string): boolean {
  const made = attempt(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.gitignore'), '*\n');
    return true;
  });
  return made ?? false;
}

/** @param kept a reference: it is written already */
export function writeEntry(
  folder: string,
  seal: Buffer,
  entry: Omit<Entry, 'kept'>,
  kept: Kept | FileReference,
): void {
  attempt(() => {
    const reference = 'digest' in kept ? kept : writeKept(folder, kept);
    const text = JSON.stringify({ ...entry, kept: reference } satisfies Entry);
    replaceFile(folder, entryFile, `${sealOf(text, seal)}\n${text}`);
    removeOthers(folder, new Set([entryFile, partsFolder, reference.name]));
    if ('digest' in kept) return;
    removeOthers(join(folder, partsFolder), new Set(kept.texts));
  });
}

function writeKept(folder: string, kept: Kept): FileReference {
  const bytes = packKept(kept);
  const digest = digestOf(bytes);
  const name = `${digest}.kept`;
  replaceFile(folder, name, bytes);
  return { name, digest };
}

function replaceFile(folder: string, name: string, content: string | Uint8Array): void {
  const temporary = join(folder, `${randomBytes(8).toString('hex')}.tmp`);
  writeFileSync(temporary, content, { flag: 'wx' });
  renameSync(temporary, join(folder, name));
}

/** Other runs may be writing at this moment; what is older was left behind. */
const patience = 600_000;

function removeOthers(folder: string, kept: ReadonlySet<string>): void {
  for (const name of readdirSync(folder)) {
    if (kept.has(name) || name.startsWith('.')) continue;
    const path = join(folder, name);
    if (statSync(path).mtimeMs < Date.now() - patience) rmSync(path, { force: true });
  }
}

/** Everything that is read hangs on the entry by digests, so that this one vouches for all of it. */
function sealOf(text: string, seal: Buffer): string {
  return createHmac('sha256', seal).update(text).digest('hex');
}
