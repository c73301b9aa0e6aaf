import { lstatSync, readdirSync } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { runFolders, trainingOutputs } from '../charts/contract.js';
import { StepFailure } from './step-failure.js';

/** A file or folder of a model, by its path below the folder of the model, with `/` between the parts. */
export type ModelEntry =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'file'; readonly path: string; readonly size: number };

/** What ships: all that training left in its folder `model`. */
export interface ModelFiles {
  /** The folder itself, without links in its path. */
  readonly root: string;
  /** Sorted by the bytes of their paths, so a folder stands before what is in it. */
  readonly entries: readonly ModelEntry[];
}

/** More would not fit into the memory of the step; registries and servers give up earlier. */
const entryLimit = 200_000;

/**
 * Lists the files of a model. The folder was written by foreign code: whatever is neither a plain file nor a folder, or
 * would mean something else in an image, is refused.
 */
export async function listModelFiles(workspace: string): Promise<ModelFiles> {
  const root = join(await realpath(workspace), runFolders.output, trainingOutputs.files);
  if ((await realpath(root).catch(() => undefined)) !== root || !(await lstat(root)).isDirectory()) {
    throw new StepFailure(
      `Training left no folder ${trainingOutputs.files} in its output folder: the files in it are what is packaged.`,
    );
  }
  const entries: ModelEntry[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    // Asking for one after the other in the background takes ten times as long.
    for (const name of readdirSync(join(root, folder))) {
      const entry = describeEntry(root, folder === '' ? name : `${folder}/${name}`);
      if (entry.kind === 'folder') folders.push(entry.path);
      if (entries.push(entry) > entryLimit) {
        throw new StepFailure(`The folder of the model holds more than ${entryLimit} files and folders.`);
      }
    }
  }
  if (!entries.some(({ kind }) => kind === 'file')) {
    throw new StepFailure('Training left an empty folder of the model: there is nothing to package.');
  }
  return { root, entries: entries.sort((a, b) => Buffer.compare(sortKey(a), sortKey(b))) };
}

function describeEntry(root: string, path: string): ModelEntry {
  checkName(path);
  const found = lstatSync(join(root, path));
  if (found.isDirectory()) return { kind: 'folder', path };
  if (found.isFile()) return { kind: 'file', path, size: found.size };
  const what = found.isSymbolicLink() ? 'a link' : 'neither a file nor a folder';
  throw new StepFailure(
    `${show(path)} in the folder of the model is ${what}: only plain files are packaged.`,
  );
}

function checkName(path: string): void {
  const name = path.slice(path.lastIndexOf('/') + 1);
  // Node puts this character where the name is no UTF-8, so the file could not be found again.
  if (/[\p{Cc}\uFFFD]/u.test(name)) {
    throw new StepFailure(`${show(path)} in the folder of the model has a name that is not readable text.`);
  }
  if (name.startsWith('.wh.')) {
    throw new StepFailure(
      `${show(path)} in the folder of the model would delete files of the image it is put on.`,
    );
  }
}

function sortKey({ kind, path }: ModelEntry): Buffer {
  return Buffer.from(kind === 'folder' ? `${path}/` : path);
}

function show(path: string): string {
  return JSON.stringify(path.length > 200 ? `${path.slice(0, 200)}…` : path);
}
