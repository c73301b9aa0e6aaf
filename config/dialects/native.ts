import { join } from 'node:path';
import type { Checked } from '../../problems/problem.js';
import { hasErrors } from '../../problems/problem.js';
import { readYaml } from '../load/parse-yaml.js';
import { isAbsent } from '../load/read-folder.js';
import type { Workspace } from '../model.js';
import { ProblemCollector } from '../problem-collector.js';
import { platformFile } from '../resolve/resolve-platform.js';
import { readModels } from './model-files.js';
import { resolveFiles } from './resolve-files.js';

/** Is this a workspace in driftloop's own language? */
export function isNative(directory: string): boolean {
  return !isAbsent(join(directory, platformFile));
}

/** Loads `driftloop.yaml` and the model files it names. */
export function loadNative(directory: string): Checked<Workspace> {
  const problems = new ProblemCollector();
  const { value: file, problems: found } = readYaml(directory, platformFile);
  problems.add(...found);
  const workspace = resolveFiles(file, readModels(directory, file, problems), problems);
  return { value: hasErrors(problems.problems) ? undefined : workspace, problems: problems.problems };
}
