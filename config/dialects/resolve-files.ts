import { hasErrors } from '../../problems/problem.js';
import { withWrittenTexts } from '../load/written-texts.js';
import type { YamlFile } from '../load/yaml-file.js';
import type { Workspace } from '../model.js';
import type { ProblemCollector } from '../problem-collector.js';
import { isMap } from '../resolve/layers.js';
import { OriginRecorder } from '../resolve/origins.js';
import { resolveAccess } from '../resolve/resolve-access.js';
import { checkClusters } from '../resolve/resolve-clusters.js';
import { resolveCharts } from '../resolve/resolve-charts.js';
import { checkTeamReceivers, resolveTeams } from '../resolve/resolve-teams.js';
import type { Written } from '../resolve/resolve-model.js';
import { resolveModel } from '../resolve/resolve-model.js';
import { resolveEnvironments, resolvePlatform } from '../resolve/resolve-platform.js';
import { rules } from '../rules/rules.js';
import { checkFile } from '../schema/check-schema.js';
import { jsonSchemas } from '../schema/json-schema.js';
import type { ModelInput } from '../schema/model-schema.js';
import { modelSchema } from '../schema/model-schema.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import { platformSchema } from '../schema/platform-schema.js';
import { keepGoodSections } from './good-sections.js';
import { checkExposure } from './exposure.js';
import { checkReceivers } from './receivers.js';

/** Where model files stand unless `models` says otherwise. */
export const modelFolder = 'models';

/**
 * From the native input, however it came about, to the Model: checked, resolved, and held against the rules.
 * @param platform undefined: it could not be read
 */
export function resolveFiles(
  platform: YamlFile | undefined,
  models: readonly YamlFile[],
  problems: ProblemCollector,
): Workspace | undefined {
  const unread = hasErrors(problems.problems);
  const checked = platform && checkPlatform(platform, problems);
  const written = checkModels(models, problems);
  const complete = !unread && written.whole.length === models.length;
  if (checked !== undefined) return resolveWorkspace(checked, { ...written, complete }, problems);
  if (platform !== undefined) checkModelsAlone(platform, written, problems);
  return undefined;
}

function checkPlatform(written: YamlFile, problems: ProblemCollector): Written<PlatformInput> | undefined {
  const file = withWrittenTexts(written, ['versions']);
  const input = checkFile(platformSchema, () => jsonSchemas().driftloop, file, problems);
  if (input === undefined) return undefined;
  checkReceivers(input, file, problems);
  checkTeamReceivers({ file, input }, problems);
  return checkExposure(input, file, problems) ? { file, input } : undefined;
}

/** What could be read of the models. */
interface WrittenModels {
  /** Their files are right by themselves. */
  readonly whole: readonly Written<ModelInput>[];
  /** Sections that are right, of files that are not: only looked at for further problems. */
  readonly partial: readonly Written<ModelInput>[];
}

function checkModels(files: readonly YamlFile[], problems: ProblemCollector): WrittenModels {
  const whole: Written<ModelInput>[] = [];
  const partial: Written<ModelInput>[] = [];
  for (const file of files) {
    const input = checkFile(modelSchema, () => jsonSchemas().model, file, problems);
    const rest = input === undefined ? keepGoodSections(file) : undefined;
    if (input !== undefined) whole.push({ file, input });
    if (rest !== undefined) partial.push({ file, ...rest });
  }
  return { whole: refuseDuplicates(whole, problems), partial };
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
    const folder = file.name.slice(0, file.name.lastIndexOf('/') + 1);
    if (file.name !== `${folder}${model}.yaml`) {
      const hint = `Rename the file to \`${folder}${model}.yaml\`, or change the key.`;
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
  { whole, partial, complete }: WrittenModels & { readonly complete: boolean },
  problems: ProblemCollector,
): Workspace {
  const recorder = new OriginRecorder();
  const resolved = resolvePlatform(platform.input, platform.file, recorder);
  const environments = resolveEnvironments(platform.input, platform.file, recorder, problems);
  checkClusters(platform, environments, problems);
  const teams = resolveTeams(platform, { environments, problems, recorder });
  const context = { platform, environments, teams, problems, recorder };
  const models = whole
    .map((model) => resolveModel(model, context))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  const fleet = { platform: resolved, environments, models, problems, recorder };
  const charts = resolveCharts(platform, fleet);
  const access = resolveAccess(platform, fleet);
  const workspace = {
    platform: resolved,
    environments,
    models,
    teams,
    charts,
    access,
    origins: recorder.origins,
  };
  for (const rule of rules) problems.add(...rule(workspace, complete));
  for (const model of partial) resolveModel(model, context);
  return workspace;
}

/** A platform with mistakes elsewhere still says what the models are checked against. */
function checkModelsAlone(
  file: YamlFile,
  { whole, partial }: WrittenModels,
  problems: ProblemCollector,
): void {
  const shape = {
    environments: true,
    clusters: true,
    monitors: true,
    events: true,
    teams: true,
    defaults: true,
  } as const;
  const data = Object.entries(isMap(file.data) ? file.data : {}).filter(([key]) => Object.hasOwn(shape, key));
  const { data: input } = platformSchema.pick(shape).safeParse(Object.fromEntries(data));
  if (input === undefined) return;
  const recorder = new OriginRecorder();
  const environments = resolveEnvironments(input, file, recorder, problems);
  const teams = resolveTeams({ file, input }, { environments, problems, recorder });
  const context = { platform: { file, input }, environments, teams, problems, recorder };
  for (const model of [...whole, ...partial]) resolveModel(model, context);
}
