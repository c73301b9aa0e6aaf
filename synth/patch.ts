import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmdirSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasErrorCode } from './error-code.js';
import { recordFile } from './output-record.js';
import type { Stage } from './stage.js';

/** What is to become of a tree: the files of a stage come in, others go. */
export interface Journal {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** What the tree was for which it was worked out (markOutput). */
  readonly mark: string;
}

/** In a stage, and written last: where it stands, the stage is complete. */
export const journalFile = '.driftloop-patch';
/** In a stage: what was in the tree. */
const replacedFolder = '.driftloop-replaced';

/** Tells whether an output directory is still the one that was looked at: every change by us replaces its record. */
export function markOutput(directory: string): string | undefined {
  try {
    const folder = statSync(directory);
    const record = statSync(join(directory, recordFile));
    return [folder.ino, record.ino, record.ctimeMs, record.mtimeMs].join(' ');
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

/**
 * Moves the files of a stage into the directory and others out of it, in a tree that nobody sees meanwhile. When the
 * process is killed, the next one finishes the work (finishPatch); when something fails, all is put back.
 * @param journal stands in the stage as well
 * @returns false: another run was faster, and nothing happened
 */
export async function applyStage(stage: Stage, journal: Journal): Promise<boolean> {
  try {
    await rename(stage.target, stage.previous);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return false;
    throw error;
  }
  let isSame = false;
  let isBack = false;
  try {
    isSame = markOutput(stage.previous) === journal.mark;
    if (isSame) applyOrUndo(stage.folder, stage.previous, journal);
  } finally {
    isBack = await putBack(stage);
  }
  return isSame && isBack;
}

/** False: another run has put its tree there. */
async function putBack(stage: Stage): Promise<boolean> {
  try {
    await rename(stage.previous, stage.target);
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'ENOTEMPTY', 'EEXIST')) return false;
    throw error;
  }
}

/**
 * What a killed run began; a stage without journal was to replace the tree as a whole, and changed nothing in it. The
 * record is written last, so a tree with another mark is either finished or another run's.
 */
export function finishPatch(stageFolder: string, tree: string): void {
  const journal = skipAbsent((file: string) => readFileSync(file, 'utf8'), join(stageFolder, journalFile));
  if (journal === undefined) return;
  const { mark, ...changes } = JSON.parse(journal) as Journal; // We wrote it.
  const found = markOutput(tree);
  if (found === undefined || found === mark) applyJournal(stageFolder, tree, changes);
}

function applyOrUndo(stageFolder: string, tree: string, journal: Journal): void {
  try {
    applyJournal(stageFolder, tree, journal);
  } catch (error) {
    undoJournal(stageFolder, tree, journal);
    throw error;
  }
}

type Changes = Pick<Journal, 'written' | 'removed'>;

/** As often as one likes: what is done already is skipped. */
function applyJournal(stageFolder: string, tree: string, { written, removed }: Changes): void {
  const replaced = join(stageFolder, replacedFolder);
  for (const path of removed) {
    move(join(tree, path), join(replaced, path));
    removeEmptyFolders(tree, dirname(path));
  }
  for (const path of written) {
    if (!existsSync(join(stageFolder, path))) continue;
    move(join(tree, path), join(replaced, path));
    move(join(stageFolder, path), join(tree, path));
  }
}

function undoJournal(stageFolder: string, tree: string, { written, removed }: Changes): void {
  const replaced = join(stageFolder, replacedFolder);
  for (const path of written) {
    if (existsSync(join(stageFolder, path))) continue;
    move(join(tree, path), join(stageFolder, path));
    removeEmptyFolders(tree, dirname(path));
  }
  for (const path of [...written, ...removed]) move(join(replaced, path), join(tree, path));
}

/** Nothing when there is nothing. */
function move(from: string, to: string): void {
  if (!existsSync(from)) return;
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
}

function removeEmptyFolders(tree: string, folder: string): void {
  for (let path = folder; path !== '.'; path = dirname(path)) {
    const left = skipAbsent((name: string): readonly string[] => readdirSync(name), join(tree, path)) ?? [];
    if (left.length > 0) return;
    skipAbsent(rmdirSync, join(tree, path));
  }
}

/** A call that has nothing to do where there is nothing. */
function skipAbsent<Path extends readonly string[], Result>(
  work: (...paths: Path) => Result,
  ...paths: Path
): Result | undefined {
  try {
    return work(...paths);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
