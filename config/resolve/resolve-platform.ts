import { builtInByProfile, builtInPlatform } from '../catalogue/defaults.js';
import type { YamlFile } from '../load/yaml-file.js';
import type { Environment, Platform } from '../model.js';
import type { ProblemCollector } from '../problem-collector.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import {
  alertingSchema,
  argocdSchema,
  namespacesSchema,
  repositorySchema,
  sourceSchema,
} from '../schema/platform-schema.js';
import { inhibitionSchema } from '../schema/receiver-schema.js';
import { versionsSchema } from '../schema/profile-schema.js';
import { duration } from '../values/duration.js';
import type { Layer } from './layers.js';
import { defaultClusters, findCluster } from './resolve-clusters.js';
import { defaultDashboards, resolveDashboards } from './resolve-dashboards.js';
import { defaultMonitors, resolveMonitors } from './resolve-monitors.js';
import { mergeLayers } from './layers.js';
import type { OriginRecorder } from './origins.js';
import { resolveCapabilities } from './resolve-capabilities.js';
import { defaultImageRegistry, resolveImageRegistry } from './resolve-image-registry.js';
import { resolveEvents } from './resolve-events.js';
import { defaultExposure, resolveExposure } from './resolve-exposure.js';
import { resolveDelivery } from './resolve-delivery.js';
import { defaultRuns, resolveAccess, resolveRuns } from './resolve-runs.js';
import { defaultReceivers, resolveReceivers } from './resolve-receivers.js';
import { resolveSyncWindows } from './resolve-sync-windows.js';

/** Where the origins of the platform's values stand. */
export const platformFile = 'driftloop.yaml';

/** Resolved apart from the rest: environments keep their order, defaults belong to the models. */
const apart: readonly string[] = ['environments', 'defaults', 'charts', 'teams', 'delivery'];

/** `driftloop.yaml` with its defaults filled in. */
export function resolvePlatform(input: PlatformInput, file: YamlFile, recorder: OriginRecorder): Platform {
  const settings = mergeSettings(input, file, recorder);
  const { profile, repository, source } = settings;
  const versions = versionsSchema.parse(settings.versions);
  const receivers = resolveReceivers(settings);
  return {
    name: settings.platform,
    profile,
    versions,
    capabilities: resolveCapabilities(profile, versions),
    repository: repository && repositorySchema.parse(repository),
    delivery: resolveDelivery(input, file, recorder, platformFile),
    source: source && sourceSchema.parse(source),
    namespaces: namespacesSchema.parse(settings.namespaces),
    alerting: resolveAlerting(settings.alerting),
    monitors: resolveMonitors(settings.monitors ?? {}),
    exposure: resolveExposure(settings.listener),
    events: resolveEvents(settings.events),
    dashboards: resolveDashboards(settings.dashboards, settings.platform),
    receivers,
    inhibition: inhibitionSchema.parse(settings.inhibition),
    runs: resolveRuns(settings.runs, receivers),
    images: settings.images,
    imageRegistry: resolveImageRegistry(settings.imageRegistry),
    registry: settings.registry && { kind: settings.registry.kind, ...resolveAccess(settings.registry) },
    argocd: argocdSchema.parse(settings.argocd),
    gitCredentials: settings.gitCredentials,
  };
}

/** In the order of the file, which is that of promotion. */
export function resolveEnvironments(
  input: Pick<PlatformInput, 'environments' | 'clusters'>,
  file: YamlFile,
  recorder: OriginRecorder,
  problems: ProblemCollector,
): Environment[] {
  return Object.entries(input.environments).map(([name, written]) => {
    const { namespace, cluster, callers, syncWindows } = written;
    const layer = {
      name: 'platform' as const,
      data: { environments: { [name]: { namespace, cluster, callers, syncWindows } } },
      written: { file, base: [] },
    };
    recorder.record(platformFile, layer.data, [layer]);
    const place = { file, path: ['environments', name, 'cluster'] };
    const found = findCluster(cluster, input.clusters, place, problems);
    const windows = resolveSyncWindows(syncWindows ?? [], name, recorder, platformFile);
    return {
      ...{ name, namespace, team: undefined, cluster: found, callers },
      ...(windows.length === 0 ? {} : { syncWindows: windows }),
    };
  });
}

function mergeSettings(input: PlatformInput, file: YamlFile, recorder: OriginRecorder): PlatformInput {
  const written = Object.fromEntries(Object.entries(input).filter(([key]) => !apart.includes(key)));
  const { repository, source, ...always } = builtInPlatform;
  const builtIn = {
    ...always,
    ...builtInByProfile[input.profile],
    ...defaultExposure(input),
    ...(input.repository && { repository }),
    ...(input.source && { source }),
    ...defaultClusters(input.clusters),
    ...defaultMonitors(input.monitors),
    ...defaultDashboards(input.dashboards, input.platform),
    ...defaultReceivers(input.receivers),
    ...defaultImageRegistry(input.imageRegistry),
    ...defaultRuns(input.runs),
  };
  const layers: readonly Layer<object>[] = [
    { name: 'built-in default', data: builtIn, written: undefined },
    { name: 'platform', data: written, written: { file, base: [] } },
  ];
  const merged = mergeLayers(layers);
  recorder.record(platformFile, merged, layers);
  return { ...input, ...merged };
}

function resolveAlerting(settings: unknown): Platform['alerting'] {
  const alerting = alertingSchema.parse(settings);
  return {
    tokenSecret: alerting.tokenSecret,
    ruleLabels: alerting.ruleLabels,
    routeLabels: alerting.routeLabels,
    scrapeLabels: alerting.scrapeLabels,
    interval: duration(alerting.interval),
    groupWait: duration(alerting.groupWait),
    groupInterval: duration(alerting.groupInterval),
    repeatInterval: duration(alerting.repeatInterval),
    keepFiringFor: duration(alerting.keepFiringFor),
    runDeadline: duration(alerting.runDeadline),
  };
}
