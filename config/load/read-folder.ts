import type { Dirent } from 'node:fs';
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ProblemCollector } from '../problem-collector.js';
import { explainSystemError, isSystemError } from './system-error.js';

/** What stands in a folder of the workspace, sorted by name, without what is hidden; undefined: nobody knows. */
export function readFolder(
  directory: string,
  folder: string,
  problems: ProblemCollector,
): readonly Dirent[] | undefined {
  const path = join(directory, folder);
  if (isAbsent(path)) return [];
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.'))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch (error) {
    const { words, hint } = explainSystemError(error);
    const message = `The folder cannot be read: ${words}.`;
    problems.errorAt('CONFIG_FILE_UNREADABLE', { file: folder, line: 1, column: 1 }, { message, hint });
    return undefined;
  }
}

/** Is there nothing at all? A link to nothing, or a folder that may not be looked into, is something. */
export function isAbsent(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined;
  } catch (error) {
    if (isSystemError(error)) return error.code === 'ENOTDIR';
    throw error;
  }
}

/** Is there a folder, or a link to one, that may be looked at? */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

/** Names of what stands in a folder; none where there is no folder that may be looked into. */
export function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}
