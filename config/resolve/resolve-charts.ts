import type { KeyPath } from '../load/key-path.js';
import type { ChartSource, Environment, ForeignChart, Platform } from '../model.js';
import type { ProblemCollector } from '../problem-collector.js';
import type { ChartSettings } from '../schema/fleet-schema.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import { checkGitUrl } from '../values/git-url.js';
import { checkHelmRepository } from '../values/helm.js';
import type { Layer } from './layers.js';
import { mergeLayers, placeIn } from './layers.js';
import type { OriginRecorder } from './origins.js';
import type { Written } from './resolve-model.js';
import { refuseUnknownEnvironment } from './unknown-environment.js';

export interface FleetContext {
  readonly platform: Pick<Platform, 'namespaces'>;
  readonly environments: readonly Environment[];
  readonly problems: ProblemCollector;
  readonly recorder: OriginRecorder;
}

/** The charts of `driftloop.yaml`, once for each environment they stand in. */
export function resolveCharts(written: Written<PlatformInput>, context: FleetContext): ForeignChart[] {
  return Object.keys(written.input.charts ?? {})
    .sort()
    .flatMap((name) =>
      listPlaces(name, written, context).flatMap((environment) => {
        const chart = resolveChart(name, environment, written, context);
        return chart === undefined ? [] : [chart];
      }),
    );
}

/** Where the origins of a chart's values stand. */
export function chartSubject(name: string, environment: string | undefined): string {
  return environment === undefined ? `charts.${name}` : `charts.${name}/${environment}`;
}

export function isChartSubject(where: string): boolean {
  return where.startsWith('charts.');
}

function listPlaces(
  name: string,
  { file, input }: Written<PlatformInput>,
  { environments, problems }: FleetContext,
): readonly (Environment | undefined)[] {
  const chosen = input.charts?.[name]?.environments;
  if (chosen === undefined) return [undefined];
  const path = ['charts', name, 'environments'];
  const known = environments.map((environment) => environment.name);
  for (const environment of Object.keys(chosen)) {
    const place = { file, path: [...path, environment], key: true };
    refuseUnknownEnvironment(environment, place, known, problems);
  }
  if (Object.keys(chosen).length === 0) {
    const message = `The chart \`${name}\` is installed nowhere: it names no environment.`;
    const hint = 'Name one, or remove `environments` to install it in the toolings.';
    problems.error('CONFIG_VALUE', { file, path, key: true }, { message, hint });
  }
  return environments.filter((environment) => Object.hasOwn(chosen, environment.name));
}

function resolveChart(
  name: string,
  environment: Environment | undefined,
  { file, input }: Written<PlatformInput>,
  context: FleetContext,
): ForeignChart | undefined {
  const { environments = {}, ...shared } = input.charts?.[name] ?? {};
  const base = ['charts', name];
  const defaults: ChartSettings = {
    releaseName: name,
    namespace: environment?.namespace ?? context.platform.namespaces.toolings,
    podSecurity: 'restricted',
    values: {},
    kinds: [],
    clusterKinds: [],
  };
  const layers: readonly Layer<ChartSettings>[] = [
    { name: 'built-in default', data: defaults, written: undefined },
    { name: 'platform', data: shared, written: { file, base } },
    {
      name: 'platform',
      data: environment && environments[environment.name],
      written: { file, base: [...base, 'environments', environment?.name ?? ''] },
    },
  ];
  const merged = mergeLayers(layers);
  context.recorder.record(chartSubject(name, environment?.name), merged, layers);
  const source = resolveSource(name, merged, layers, context.problems);
  if (source === undefined) return undefined;
  const { releaseName = name, podSecurity = 'restricted', values = {} } = merged;
  return {
    name,
    environment,
    source,
    releaseName,
    namespace: merged.namespace ?? context.platform.namespaces.toolings,
    values,
    kinds: merged.kinds ?? [],
    clusterKinds: merged.clusterKinds ?? [],
    podSecurity,
    position: file.keyPosition(base),
  };
}

/** Git with a folder, or Helm with a chart: the keys decide, and must not contradict each other. */
function resolveSource(
  name: string,
  { repo, path, chart, revision }: Partial<ChartSettings>,
  layers: readonly Layer<ChartSettings>[],
  problems: ProblemCollector,
): ChartSource | undefined {
  const place = (...keys: KeyPath) => placeIn(layers, keys);
  const missing = (key: string, hint: string) => {
    const message = `The chart \`${name}\` needs the key \`${key}\`.`;
    problems.error('CONFIG_KEY_MISSING', { ...place(), key: true }, { message, hint });
  };
  if (repo === undefined) missing('repo', 'The Git or Helm repository it comes from.');
  if (revision === undefined)
    missing('revision', 'The tag, commit or version: what was tested is what runs.');
  if (path === undefined && chart === undefined)
    missing('path', 'Or `chart`, when it comes from a Helm repository.');
  if (path !== undefined && chart !== undefined) {
    const message = `The chart \`${name}\` has both \`path\` and \`chart\`.`;
    const hint = '`path` belongs to a Git repository, `chart` to a Helm repository; remove one.';
    problems.error('CONFIG_VALUE', { ...place('chart'), key: true }, { message, hint });
    return undefined;
  }
  if (repo === undefined || revision === undefined) return undefined;
  const fault = path === undefined ? checkHelmRepository(repo) : checkGitUrl(repo);
  if (fault !== undefined) {
    problems.error('CONFIG_URL', place('repo'), {
      message: `\`${repo}\` ${fault.message}.`,
      hint: fault.hint,
    });
    return undefined;
  }
  if (path !== undefined) return { kind: 'git', url: repo, path, revision };
  return chart === undefined ? undefined : { kind: 'helm', url: repo, chart, revision };
}
