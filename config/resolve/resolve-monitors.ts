import type { z } from 'zod';
import { builtInMonitorService, builtInMonitorVolume, builtInScrape } from '../catalogue/defaults.js';
import { dialects } from '../catalogue/dialects.js';
import type { Monitor, TrustyAiSettings, MonitorStorage, Scrape } from '../model-monitoring.js';
import type { MonitorInput } from '../schema/monitor-schema.js';
import { monitorServiceSchema, scrapeSchema } from '../schema/monitor-schema.js';
import { duration } from '../values/duration.js';
import { canonicalQuantity } from '../values/quantity.js';

type MonitorInputs = Readonly<Record<string, MonitorInput>>;

/** The lowest layer of the monitors: what they get without having it written. */
export function defaultMonitors(inputs: MonitorInputs = {}): { monitors?: object } {
  const given = Object.entries(inputs).map(([name, input]) => [name, defaultMonitor(name, input)] as const);
  return given.length === 0 ? {} : { monitors: Object.fromEntries(given) };
}

function defaultMonitor(name: string, { dialect, service, scrape }: MonitorInput): object {
  const { modelLabel, featureLabel } = dialects[dialect];
  const storage = service?.storage?.database === undefined ? { storage: builtInMonitorVolume } : {};
  return {
    modelLabel,
    featureLabel,
    ...(service && { service: { name, ...builtInMonitorService, ...storage } }),
    ...(scrape && { scrape: builtInScrape }),
  };
}

/** Monitors with their defaults merged in, sorted by name. */
export function resolveMonitors(inputs: MonitorInputs): Monitor[] {
  return Object.entries(inputs)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, input]) => ({
      name,
      dialect: input.dialect,
      service: input.service && resolveService(input.service),
      scrape: input.scrape && resolveScrape(input),
    }));
}

function resolveService(input: unknown): TrustyAiSettings {
  const { name, storage, schedule, batchSize } = monitorServiceSchema.parse(input);
  return { name, storage: resolveStorage(storage), schedule: duration(schedule), batchSize };
}

/** Both are refused by the rules. */
function resolveStorage({ size, database }: z.infer<typeof monitorServiceSchema>['storage']): MonitorStorage {
  return database === undefined
    ? { kind: 'volume', size: canonicalQuantity(size ?? builtInMonitorVolume.size) }
    : { kind: 'database', secret: database };
}

/** A port that does not fit is refused by the rules. */
function resolveScrape({ scrape, dialect, modelLabel = dialects[dialect].modelLabel }: MonitorInput): Scrape {
  const { service, port, path, interval } = scrapeSchema.parse(scrape);
  const basics = { path, interval: duration(interval) };
  if (service !== undefined) return { kind: 'service', ...basics, labels: service, port: String(port ?? '') };
  return {
    kind: 'servers',
    ...basics,
    port: typeof port === 'number' ? port : undefined,
    modelLabel: modelLabel === false ? undefined : modelLabel,
  };
}
