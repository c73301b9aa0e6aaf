import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Checked } from '../problems/problem.js';
import { loadCourse } from './dialects/course/course.js';
import { isCourseTree } from './dialects/course/course-tree.js';
import { isNative, loadNative } from './dialects/native.js';
import { isFolder } from './load/read-folder.js';
import type { Workspace } from './model.js';
import type { ModelMemory } from './model-memory.js';

/**
 * Reads the workspace in a directory: text in, Model out, with every problem that was found.
 * The value is there when no problem is an error.
 * @param memory of models; with one, the workspace does not say where their values come from
 */
export function loadWorkspace(directory: string, memory?: ModelMemory): Checked<Workspace> {
  if (isNative(directory)) return loadNative(directory, memory);
  if (isCourseTree(directory)) return loadCourse(directory);
  const misnamed = existsSync(join(directory, 'driftloop.yml'));
  const problem = {
    code: 'CONFIG_WORKSPACE_MISSING',
    severity: 'error',
    message: isFolder(directory) ? 'The directory has no `driftloop.yaml`.' : 'There is no such directory.',
    hint: misnamed
      ? 'Rename `driftloop.yml` to `driftloop.yaml`.'
      : 'Run in a workspace, name one with `-C`, or make one with `driftloop init`.',
    position: { file: 'driftloop.yaml', line: 1, column: 1 },
  } as const;
  return { value: undefined, problems: [problem] };
}
