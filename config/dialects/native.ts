import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Checked } from '../../problems/problem.js';
import { hasErrors } from '../../problems/problem.js';
import { readYaml } from '../load/parse-yaml.js';
import { describeSystemError } from '../load/read-text.js';
import type { Workspace } from '../model.js';
import { ProblemCollector } from '../problem-collector.js';
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
import { checkReceivers } from './receivers.js';

const modelFolder = 'models';

/** Is this a workspace in driftloop's own language? */
export function isNative(directory: string): boolean {
  return existsSync(join(directory, platformFile));
}

/** Loads `driftloop.yaml` and `models/*.yaml`. */
export function loadNative(directory: string): Checked<Workspace> {
  const problems = new ProblemCollector();
  const platform = loadPlatform(directory, problems);
  const models = loadModels(directory, problems);
  const workspace = platform && resolveWorkspace(platform, models, problems);
  return { value: hasErrors(problems.problems) ? undefined : workspace, problems: problems.problems };
}

function loadPlatform(directory: string, problems: ProblemCollector): Written<PlatformInput> | undefined {
  const { value: file, problems: found } = readYaml(directory, platformFile);
  problems.add(...found);
  const input = file && checkFile(platformSchema, () => jsonSchemas().driftloop, file, problems);
  if (file === undefined || input === undefined) return undefined;
  checkReceivers(input, file, problems);
  return { file, input };
}

/** The models whose files are right by themselves; the others' problems are reported. */
function loadModels(directory: string, problems: ProblemCollector): readonly Written<ModelInput>[] {
  const names = listModels(directory, problems);
  const models = names.flatMap((name) => {
    const { value: file, problems: found } = readYaml(directory, name);
    problems.add(...found);
    const input = file && checkFile(modelSchema, () => jsonSchemas().model, file, problems);
    return file === undefined || input === undefined ? [] : [{ file, input }];
  });
  if (names.length === 0) {
    const position = { file: platformFile, line: 1, column: 1 };
    problems.warnAt('CONFIG_NO_MODELS', position, {
      message: `The workspace has no \`${modelFolder}/*.yaml\`.`,
    });
  }
  return refuseDuplicates(models, problems);
}

/** Paths of the model files, sorted; hidden files are nobody's business. */
function listModels(directory: string, problems: ProblemCollector): readonly string[] {
  const folder = join(directory, modelFolder);
  if (!existsSync(folder)) return [];
  try {
    const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
    for (const entry of entries) {
      const misnamed = entry.name.endsWith('.yml') || (entry.isDirectory() && !entry.name.endsWith('.yaml'));
      if (misnamed) reportIgnored(`${modelFolder}/${entry.name}`, problems);
    }
    const files = entries.map(({ name }) => name).filter((name) => name.endsWith('.yaml'));
    return files.sort().map((name) => `${modelFolder}/${name}`);
  } catch (error) {
    const position = { file: modelFolder, line: 1, column: 1 };
    problems.errorAt('CONFIG_FILE_UNREADABLE', position, {
      message: `The folder cannot be read: ${describeSystemError(error)}.`,
    });
    return [];
  }
}

/** A model that is left out silently would lose its alerts. */
function reportIgnored(file: string, problems: ProblemCollector): void {
  const position = { file, line: 1, column: 1 };
  if (file.endsWith('.yml')) {
    const hint = `Rename it to \`${file.replace(/\.yml$/, '.yaml')}\`.`;
    problems.errorAt('CONFIG_FILE_IGNORED', position, {
      message: 'Only files that end in `.yaml` are read.',
      hint,
    });
  } else {
    problems.warnAt('CONFIG_FILE_IGNORED', position, {
      message: 'Subfolders are not read.',
      hint: `Models stand in \`${modelFolder}/\` itself.`,
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
  written: readonly Written<ModelInput>[],
  problems: ProblemCollector,
): Workspace {
  const recorder = new OriginRecorder();
  const resolved = resolvePlatform(platform.input, platform.file, recorder);
  const environments = resolveEnvironments(platform.input, platform.file, recorder);
  const models = written
    .map((model) => resolveModel(model, { platform, environments, problems, recorder }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  const workspace = { platform: resolved, environments, models, origins: recorder.origins };
  for (const rule of rules) problems.add(...rule(workspace));
  return workspace;
}
