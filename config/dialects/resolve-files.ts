import { hasErrors } from '../../problems/problem.js';
import { withWrittenTexts } from '../load/written-texts.js';
import type { YamlFile } from '../load/yaml-file.js';
import type { Workspace } from '../model.js';
import type { ModelMemory } from '../model-memory.js';
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
import { fleetRules, modelRules } from '../rules/rules.js';
import { checkFile } from '../schema/check-schema.js';
import { jsonSchemas } from '../schema/json-schema.js';
import type { ModelInput } from '../schema/model-schema.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import { platformSchema } from '../schema/platform-schema.js';
import { checkModelsAlone } from './check-models.js';
import type { ModelSource } from './model-source.js';
import { resolveModels } from './resolve-models.js';
import { checkExposure } from './exposure.js';
import { checkReceivers } from './receivers.js';
import { checkRunNotifications } from './run-notifications.js';

/** Where model files stand unless `models` says otherwise. */
export const modelFolder = 'models';

/**
 * From the native input, however it came about, to the Model: checked, resolved, and held against the rules.
 * @param platform undefined: it could not be read
 * @param memory undefined: origins of all values are wanted
 */
export function resolveFiles(
  platform: YamlFile | undefined,
  sources: readonly ModelSource[],
  problems: ProblemCollector,
  memory?: ModelMemory,
): Workspace | undefined {
  const unread = hasErrors(problems.problems);
  const checked = platform && checkPlatform(platform, problems);
  if (checked !== undefined) return resolveWorkspace(checked, sources, { problems, memory, unread });
  const models = checkModelsAlone(sources, problems);
  if (platform !== undefined) resolveAlone(platform, models, problems);
  return undefined;
}

function checkPlatform(written: YamlFile, problems: ProblemCollector): Written<PlatformInput> | undefined {
  const file = withWrittenTexts(written, ['versions']);
  const input = checkFile(platformSchema, () => jsonSchemas().driftloop, file, problems);
  if (input === undefined) return undefined;
  checkReceivers(input, file, problems);
  checkRunNotifications(input, file, problems);
  checkTeamReceivers({ file, input }, problems);
  return checkExposure(input, file, problems) ? { file, input } : undefined;
}

interface Circumstances {
  readonly problems: ProblemCollector;
  readonly memory: ModelMemory | undefined;
  /** There may be models that nobody could find. */
  readonly unread: boolean;
}

function resolveWorkspace(
  platform: Written<PlatformInput>,
  sources: readonly ModelSource[],
  { problems, memory, unread }: Circumstances,
): Workspace {
  const recorder = new OriginRecorder();
  const resolved = resolvePlatform(platform.input, platform.file, recorder);
  const environments = resolveEnvironments(platform.input, platform.file, recorder, problems);
  checkClusters(platform, environments, problems);
  const teams = resolveTeams(platform, { environments, problems, recorder });
  const fleet = { platform: resolved, environments, problems, recorder };
  const charts = resolveCharts(platform, fleet);
  // Whose rights are asked for is looked at when the models are known, and no model depends on it.
  const surroundings = { platform: resolved, environments, teams, charts, access: undefined };
  const context = { platform, environments, teams, problems, recorder, surroundings, memory };
  const { models, complete, origins } = resolveModels(sources, context);
  const access = resolveAccess(platform, { ...fleet, models });
  const workspace = {
    ...surroundings,
    access,
    models,
    origins: new Map([...recorder.origins, ...origins]),
  };
  const withoutModels = { ...surroundings, models: [], origins: recorder.origins };
  for (const rule of modelRules) problems.add(...rule(withoutModels, false));
  for (const rule of fleetRules) problems.add(...rule(workspace, complete && !unread));
  return workspace;
}

/** A platform with mistakes elsewhere still says what the models are checked against. */
function resolveAlone(
  file: YamlFile,
  models: readonly Written<ModelInput>[],
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
  for (const model of models) resolveModel(model, context);
}
