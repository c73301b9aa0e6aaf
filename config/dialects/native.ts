import { join } from 'node:path';
import type { Checked } from '../../problems/problem.js';
import { hasErrors } from '../../problems/problem.js';
import { parseYaml } from '../load/parse-yaml.js';
import { isAbsent } from '../load/read-folder.js';
import { readText } from '../load/read-text.js';
import type { Workspace } from '../model.js';
import type { ModelMemory } from '../model-memory.js';
import { ProblemCollector } from '../problem-collector.js';
import { platformFile } from '../resolve/resolve-platform.js';
import { listModelSources } from './model-files.js';
import { resolveFiles } from './resolve-files.js';

/** Is this a workspace in driftloop's own language? */
export function isNative(directory: string): boolean {
  return !isAbsent(join(directory, platformFile));
}

/** Loads `driftloop.yaml` and the model files it names. */
export function loadNative(directory: string, memory?: ModelMemory): Checked<Workspace> {
  const problems = new ProblemCollector();
  const { value: text = '', problems: unread } = readText(directory, platformFile);
  const { value: file, problems: found } =
    unread.length > 0 ? { value: undefined, problems: unread } : parseYaml(text, platformFile);
  problems.add(...found);
  const sources = listModelSources(directory, file, text, problems);
  const workspace = resolveFiles(file, sources, problems, memory);
  return { value: hasErrors(problems.problems) ? undefined : workspace, problems: problems.problems };
}
