import { join } from 'node:path';
import type { Checked } from '../../problems/problem.js';
import { hasErrors } from '../../problems/problem.js';
import { readYaml } from '../load/parse-yaml.js';
import { isAbsent, readFolder } from '../load/read-folder.js';
import type { YamlFile } from '../load/yaml-file.js';
import type { Workspace } from '../model.js';
import { ProblemCollector } from '../problem-collector.js';
import { isMap } from '../resolve/layers.js';
import { OriginRecorder } from '../resolve/origins.js';
import type { Written } from '../resolve/resolve-model.js';
import { resolveModel } from '../resolve/resolve-model.js';
import { platformFile, resolveEnvironments, resolvePlatform } from '../resolve/resolve-platform.js';
import { rules } from '../rules/rules.js';
import { checkFile } from '../schema/check-schema.js';
import { jsonSchemas } from '../schema/json-schema.js';
import type { ModelInput } from '../schema/model-schema.js';
import { modelSchema } from '../schema/model-schema.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import { platformSchema } from '../schema/platform-schema.js';
import { keepGoodSections } from './good-sections.js';
import { checkReceivers } from './receivers.js';

const modelFolder = 'models';

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
  const platform = file && checkPlatform(file, problems);
  const models = loadModels(directory, problems);
  const workspace = platform && resolveWorkspace(platform, models, problems);
  if (platform === undefined && file !== undefined) checkModelsAlone(file, models, problems);
  return { value: hasErrors(problems.problems) ? undefined : workspace, problems: problems.problems };
}

function checkPlatform(file: YamlFile, problems: ProblemCollector): Written<PlatformInput> | undefined {
  const input = checkFile(platformSchema, () => jsonSchemas().driftloop, file, problems);
  if (input === undefined) return undefined;
  checkReceivers(input, file, problems);
  return { file, input };
}

/** What could be read of the models. */
interface WrittenModels {
  /** Their files are right by themselves. */
  readonly whole: readonly Written<ModelInput>[];
  /** Sections that are right, of files that are not: only looked at for further problems. */
  readonly partial: readonly Written<ModelInput>[];
}

function loadModels(directory: string, problems: ProblemCollector): WrittenModels {
  const names = listModels(directory, problems);
  if (names?.length === 0) {
    const position = { file: platformFile, line: 1, column: 1 };
    problems.warnAt('CONFIG_NO_MODELS', position, {
      message: `The workspace has no \`${modelFolder}/*.yaml\`.`,
      hint: 'Describe a model in a file of its own; `driftloop init` in an empty folder shows how.',
    });
  }
  const whole: Written<ModelInput>[] = [];
  const partial: Written<ModelInput>[] = [];
  for (const name of names ?? []) {
    const { value: file, problems: found } = readYaml(directory, name);
    problems.add(...found);
    if (file === undefined) continue;
    const input = checkFile(modelSchema, () => jsonSchemas().model, file, problems);
    const rest = input === undefined ? keepGoodSections(file) : undefined;
    if (input !== undefined) whole.push({ file, input });
    if (rest !== undefined) partial.push({ file, input: rest });
  }
  return { whole: refuseDuplicates(whole, problems), partial };
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

/** The first file of a name wins, so that the others' remaining problems are not found twice. */
function refuseDuplicates(
  models: readonly Written<ModelInput>[],
  problems: ProblemCollector,
): readonly Written<ModelInput>[] {
  const files = new Map<string, string>();
  return models.filter(({ file, input: { model } }) => {
    const first = files.get(model);
    const place = { file, path: ['model'] };
    if (first !== undefined) {
      problems.error('CONFIG_NAME_DUPLICATE', place, {
        message: `\`${first}\` describes the model \`${model}\`, too.`,
        hint: 'Every model has one file.',
      });
      return false;
    }
    files.set(model, file.name);
    if (file.name !== `${modelFolder}/${model}.yaml`) {
      const hint = `Rename the file to \`${modelFolder}/${model}.yaml\`, or change the key.`;
      problems.warn('CONFIG_FILE_NAME', place, {
        message: `The model is called \`${model}\`, its file \`${file.name}\`.`,
        hint,
      });
    }
    return true;
  });
}

function resolveWorkspace(
  platform: Written<PlatformInput>,
  { whole, partial }: WrittenModels,
  problems: ProblemCollector,
): Workspace {
  const recorder = new OriginRecorder();
  const resolved = resolvePlatform(platform.input, platform.file, recorder);
  const environments = resolveEnvironments(platform.input, platform.file, recorder);
  const context = { platform, environments, problems, recorder };
  const models = whole
    .map((model) => resolveModel(model, context))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  const workspace = { platform: resolved, environments, models, origins: recorder.origins };
  for (const rule of rules) problems.add(...rule(workspace));
  for (const model of partial) resolveModel(model, context);
  return workspace;
}

/** A platform with mistakes elsewhere still says what the models are checked against. */
function checkModelsAlone(
  file: YamlFile,
  { whole, partial }: WrittenModels,
  problems: ProblemCollector,
): void {
  const shape = { environments: true, monitors: true, defaults: true } as const;
  const data = Object.entries(isMap(file.data) ? file.data : {}).filter(([key]) => Object.hasOwn(shape, key));
  const { data: input } = platformSchema.pick(shape).safeParse(Object.fromEntries(data));
  if (input === undefined) return;
  const recorder = new OriginRecorder();
  const environments = resolveEnvironments(input, file, recorder);
  const context = { platform: { file, input }, environments, problems, recorder };
  for (const model of [...whole, ...partial]) resolveModel(model, context);
}
