import { mkdirSync, readFileSync, readdirSync, renameSync, rmdirSync, statSync, unlinkSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasErrorCode } from './error-code.js';
import { recordFile } from './output-record.js';
import type { Stage } from './stage.js';

/** What is to become of a tree: the files of a stage come in, others go. */
export interface Journal {
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

/** In a stage, and written last: where it stands, the stage is complete. */
export const journalFile = '.driftloop-patch';

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
 * Moves the files of a stage into the directory and deletes others, in a tree that nobody sees meanwhile. When the process
 * is killed, the next one finishes the work (finishPatch).
 * @param journal stands in the stage as well
 * @param mark of the tree the changes were worked out for
 * @returns false: another run was faster, and nothing happened
 */
export async function applyStage(stage: Stage, journal: Journal, mark: string): Promise<boolean> {
  try {
    await rename(stage.target, stage.previous);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return false;
    throw error;
  }
  const isSame = markOutput(stage.previous) === mark;
  if (isSame) applyJournal(stage.folder, stage.previous, journal);
  try {
    await rename(stage.previous, stage.target);
    return isSame;
  } catch (error) {
    if (hasErrorCode(error, 'ENOTEMPTY', 'EEXIST')) return false;
    throw error;
  }
}

/** What a killed run began; a stage without journal was to replace the tree as a whole, and changed nothing in it. */
export function finishPatch(stageFolder: string, tree: string): void {
  try {
    const journal = JSON.parse(readFileSync(join(stageFolder, journalFile), 'utf8')) as Journal; // We wrote it.
    applyJournal(stageFolder, tree, journal);
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT')) throw error;
  }
}

/** As often as one likes: what is done already is skipped. */
function applyJournal(stageFolder: string, tree: string, { written, removed }: Journal): void {
  for (const path of removed) {
    skipAbsent(unlinkSync, join(tree, path));
    removeEmptyFolders(tree, dirname(path));
  }
  for (const path of written) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    skipAbsent(renameSync, join(stageFolder, path), join(tree, path));
  }
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
