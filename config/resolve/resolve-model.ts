import { builtInDetector, builtInSource } from '../catalogue/defaults.js';
import type { YamlFile } from '../load/yaml-file.js';
import type { Deployment, Environment, Model, Team } from '../model.js';
import type { ProblemCollector } from '../problem-collector.js';
import type { ModelInput } from '../schema/model-schema.js';
import type { Overridable } from '../schema/overridable-schema.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import { suggest } from '../suggest.js';
import type { Layer } from './layers.js';
import { mergeLayers } from './layers.js';
import type { OriginRecorder } from './origins.js';
import { resolveChecks } from './resolve-checks.js';
import { resolveData } from './resolve-data.js';
import { resolveGates } from './resolve-gates.js';
import { resolveRollout } from './resolve-rollout.js';
import { resolvePackaging } from './resolve-packaging.js';
import { categories, resolveSections } from './resolve-sections.js';
import { resolveServing } from './resolve-serving.js';
import { resolveTraining } from './resolve-training.js';
import { resolveTriggers } from './resolve-triggers.js';
import { refuseUnknownEnvironment } from './unknown-environment.js';

/** A checked file and what it says. */
export interface Written<T> {
  readonly file: YamlFile;
  readonly input: T;
  /** Sections with mistakes of their own, which the input lacks. Default none. */
  readonly broken?: readonly string[];
}

/** What models are resolved with. */
export type ModelSurroundings = Pick<
  PlatformInput,
  'environments' | 'monitors' | 'defaults' | 'events' | 'timeIntervals' | 'delivery'
> &
  Partial<Pick<PlatformInput, 'profile'>>;

export interface ModelContext {
  readonly platform: Written<ModelSurroundings>;
  readonly environments: readonly Environment[];
  readonly teams: readonly Team[];
  readonly problems: ProblemCollector;
  readonly recorder: OriginRecorder;
}

/** A model file with its defaults filled in, once for each environment. */
export function resolveModel(written: Written<ModelInput>, context: ModelContext): Model {
  const { file, input } = written;
  const { platform, problems, recorder } = context;
  recordBasics({ file, input }, recorder);
  refuseUnknownEnvironments({ file, input }, context);
  const deployments = placesOf({ file, input }, context).map((environment) =>
    resolveDeployment({ file, input }, environment, context),
  );
  return {
    name: input.model,
    owner: input.owner ?? input.team,
    team: input.team,
    source: { url: input.source.repo, branch: input.source.branch ?? builtInSource.branch },
    training: resolveTraining({ input, file, platform, problems, recorder }),
    triggers: resolveTriggers(written, context),
    checks: resolveChecks({ file, input }, recorder),
    data: resolveData({ file, input }, recorder),
    gates: resolveGates(written, context),
    ...resolveRollout({ input, file, platform, recorder, serving: deployments[0]?.serving }),
    packaging: resolvePackaging({ input, file, platform, problems, recorder }),
    deployments,
  };
}

function resolveDeployment(
  model: Written<ModelInput>,
  environment: Environment,
  context: ModelContext,
): Deployment {
  const { platform, problems, recorder } = context;
  const where = `${model.input.model}/${environment.name}`;
  const layers = stackLayers(model, environment.name, platform);
  const sections = {
    model: model.input.model,
    where,
    monitors: platform.input.monitors ?? {},
    layers,
    problems,
    recorder,
  };
  return {
    environment,
    detectors: resolveSections(mergeLayers(layers), sections),
    serving: resolveServing({
      where,
      profile: platform.input.profile,
      layers: layers.slice(1),
      problems,
      recorder,
    }),
  };
}

/** From the weakest to the strongest. */
function stackLayers(
  model: Written<ModelInput>,
  environment: string,
  platform: Written<ModelSurroundings>,
): readonly Layer<Overridable>[] {
  const sections = Object.fromEntries(
    categories.map((category) => [
      category,
      { for: builtInDetector.for, severity: builtInDetector.severity },
    ]),
  );
  const { drift, bias, quality, service, serving } = model.input;
  const own = { drift, bias, quality, service, serving };
  const at = (file: YamlFile, ...base: string[]) => ({ file, base });
  return [
    { name: 'built-in default', data: sections, written: undefined },
    { name: 'platform defaults', data: platform.input.defaults, written: at(platform.file, 'defaults') },
    {
      name: 'environment defaults',
      data: platform.input.environments[environment]?.defaults,
      written: at(platform.file, 'environments', environment, 'defaults'),
    },
    { name: 'model', data: own, written: at(model.file) },
    {
      name: 'model environment',
      data: model.input.environments?.[environment],
      written: at(model.file, 'environments', environment),
    },
  ];
}

function recordBasics({ file, input }: Written<ModelInput>, recorder: OriginRecorder): void {
  const { model, owner, team, source } = input;
  const layers: readonly Layer<object>[] = [
    {
      name: 'built-in default',
      data: { source: builtInSource, ...(team !== undefined && { owner: team }) },
      written: undefined,
    },
    { name: 'model', data: { model, owner, team, source }, written: { file, base: [] } },
  ];
  recorder.record(model, mergeLayers(layers), layers);
}

/** The team's namespaces; a team that is not there is reported, and the environments' own stand in. */
function placesOf({ file, input }: Written<ModelInput>, context: ModelContext): readonly Environment[] {
  const { teams, environments, problems } = context;
  if (input.team === undefined) return environments;
  const team = teams.find(({ name }) => name === input.team);
  if (team === undefined) {
    problems.error(
      'CONFIG_TEAM_UNKNOWN',
      { file, path: ['team'] },
      {
        message: `\`driftloop.yaml\` defines no team \`${input.team}\`.`,
        ...suggest(
          input.team,
          teams.map(({ name }) => name),
        ),
      },
    );
  }
  return team?.environments ?? environments;
}

function refuseUnknownEnvironments(
  { file, input }: Written<ModelInput>,
  { environments, problems }: ModelContext,
): void {
  const known = environments.map(({ name }) => name);
  for (const name of Object.keys(input.environments ?? {})) {
    refuseUnknownEnvironment(name, { file, path: ['environments', name], key: true }, known, problems);
  }
}
