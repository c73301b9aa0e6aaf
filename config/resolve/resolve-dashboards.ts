import type { Dashboards } from '../model-dashboards.js';
import { builtInDashboards } from '../catalogue/defaults.js';
import { dashboardsSchema } from '../schema/dashboards-schema.js';

/** The lowest layer: what dashboards get without having it written; nothing when nobody asked for any. */
export function defaultDashboards(
  input: { delivery?: unknown } | undefined,
  platform: string,
): { dashboards?: object } {
  if (input === undefined) return {};
  const { operator, sidecar, ...always } = builtInDashboards;
  return {
    dashboards: { folder: platform, ...always, ...(input.delivery === 'sidecar' ? sidecar : operator) },
  };
}

/** Keys of the other delivery are refused by the rules. */
export function resolveDashboards(settings: unknown, platform: string): Dashboards | undefined {
  if (settings === undefined) return undefined;
  const { delivery, folder = platform, instances, labels, prometheus } = dashboardsSchema.parse(settings);
  if (delivery === 'sidecar') return { delivery, folder, labels: labels ?? {} };
  return {
    delivery,
    folder,
    instances: instances ?? {},
    prometheus: prometheus && { url: prometheus.url, tokenSecret: prometheus.tokenSecret },
  };
}
