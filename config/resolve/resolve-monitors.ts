import type { z } from 'zod';
import { builtInMonitorService, builtInMonitorVolume } from '../catalogue/defaults.js';
import type { Monitor, MonitorService, MonitorStorage } from '../model-monitoring.js';
import type { MonitorInput } from '../schema/monitor-schema.js';
import { monitorServiceSchema } from '../schema/monitor-schema.js';
import { duration } from '../values/duration.js';
import { canonicalQuantity } from '../values/quantity.js';

type MonitorInputs = Readonly<Record<string, MonitorInput>>;

/** The lowest layer of the monitors: what their services get without having it written. */
export function defaultMonitors(inputs: MonitorInputs = {}): { monitors?: object } {
  const served = Object.entries(inputs).filter(([, { service }]) => service !== undefined);
  if (served.length === 0) return {};
  return {
    monitors: Object.fromEntries(served.map(([name, { service }]) => [name, defaultService(name, service)])),
  };
}

function defaultService(name: string, service: MonitorInput['service']): object {
  const storage = service?.storage?.database === undefined ? { storage: builtInMonitorVolume } : {};
  return { service: { name, ...builtInMonitorService, ...storage } };
}

/** Monitors with their defaults merged in, sorted by name. */
export function resolveMonitors(inputs: MonitorInputs): Monitor[] {
  return Object.entries(inputs)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, { dialect, service }]) => ({ name, dialect, service: service && resolveService(service) }));
}

function resolveService(input: unknown): MonitorService {
  const { name, storage, schedule, batchSize } = monitorServiceSchema.parse(input);
  return { name, storage: resolveStorage(storage), schedule: duration(schedule), batchSize };
}

/** Both were refused before. */
function resolveStorage({ size, database }: z.infer<typeof monitorServiceSchema>['storage']): MonitorStorage {
  return database === undefined
    ? { kind: 'volume', size: canonicalQuantity(size ?? builtInMonitorVolume.size) }
    : { kind: 'database', secret: database };
}
