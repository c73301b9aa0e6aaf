import { join } from 'node:path';
import type { Checked } from '../../problems/problem.js';
import { hasErrors } from '../../problems/problem.js';
import { readYaml } from '../load/parse-yaml.js';
import { isAbsent, readFolder } from '../load/read-folder.js';
import type { YamlFile } from '../load/yaml-file.js';
import type { Workspace } from '../model.js';
import { ProblemCollector } from '../problem-collector.js';
import { platformFile } from '../resolve/resolve-platform.js';
import { modelFolder, resolveFiles } from './resolve-files.js';

/** Other spellings of the ending `.yaml`. */
const yamlEnding = /\.ya?ml$/i;

/** Is this a workspace in driftloop's own language? */
export function isNative(directory: string): boolean {
  return !isAbsent(join(directory, platformFile));
}

/** Loads `driftloop.yaml` and `models/*.yaml`. */
export function loadNative(directory: string): Checked<Workspace> {
  const problems = new ProblemCollector();
  const { value: file, problems: found } = readYaml(directory, platformFile);
  problems.add(...found);
  const workspace = resolveFiles(file, readModels(directory, problems), problems);
  return { value: hasErrors(problems.problems) ? undefined : workspace, problems: problems.problems };
}

function readModels(directory: string, problems: ProblemCollector): readonly YamlFile[] {
  const names = listModels(directory, problems);
  if (names?.length === 0) {
    const position = { file: platformFile, line: 1, column: 1 };
    problems.warnAt('CONFIG_NO_MODELS', position, {
      message: `The workspace has no \`${modelFolder}/*.yaml\`.`,
      hint: 'Describe a model in a file of its own; `driftloop init` in an empty folder shows how.',
    });
  }
  return (names ?? []).flatMap((name) => {
    const { value: file, problems: found } = readYaml(directory, name);
    problems.add(...found);
    return file ?? [];
  });
}

/** Paths of the model files, sorted; hidden files are nobody's business. undefined: nobody knows. */
function listModels(directory: string, problems: ProblemCollector): readonly string[] | undefined {
  const entries = readFolder(directory, modelFolder, problems);
  for (const entry of entries ?? []) {
    if (entry.name.endsWith('.yaml')) continue;
    if (entry.isDirectory() || yamlEnding.test(entry.name))
      reportIgnored(`${modelFolder}/${entry.name}`, problems);
  }
  return entries
    ?.map(({ name }) => name)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${modelFolder}/${name}`);
}

/** A model that is left out silently would lose its alerts. */
function reportIgnored(file: string, problems: ProblemCollector): void {
  const position = { file, line: 1, column: 1 };
  if (yamlEnding.test(file)) {
    const hint = `Rename it to \`${file.replace(yamlEnding, '.yaml')}\`.`;
    problems.errorAt('CONFIG_FILE_IGNORED', position, {
      message: 'Only files that end in `.yaml` are read.',
      hint,
    });
  } else {
    problems.warnAt('CONFIG_FILE_IGNORED', position, {
      message: 'Subfolders are not read.',
      hint: `Put models into \`${modelFolder}/\` itself.`,
    });
  }
}
