import { dialects, findElsewhere, findMetric, metricsOf } from '../catalogue/dialects.js';
import type { DialectName } from '../catalogue/dialects.js';
import { promql } from '../catalogue/metrics.js';
import type { Metric } from '../catalogue/metric.js';
import { formatBounds } from '../catalogue/plausibility.js';
import { meaningOf } from '../catalogue/value-kinds.js';
import type { Place, ProblemCollector } from '../problem-collector.js';
import type { MonitorInput } from '../schema/monitor-schema.js';
import { closest, suggest } from '../suggest.js';

export interface Monitor extends MonitorInput {
  readonly name: string;
}

/** The catalogue's entry of a detector's metric. */
export function findDetectorMetric(
  name: string,
  monitor: Monitor | undefined,
  place: Place,
  problems: ProblemCollector,
): Metric | undefined {
  if (name === promql.name) return promql;
  if (monitor === undefined) {
    const hint = 'Name one with `monitor`, or use `metric: promql`.';
    problems.error('CONFIG_MONITOR_MISSING', place, {
      message: `Nothing says which monitor exports \`${name}\`.`,
      hint,
    });
    return undefined;
  }
  const { dialect } = monitor;
  const metric = findMetric(dialect, name);
  if (metric !== undefined) return metric;
  const message = `The monitor \`${monitor.name}\` (${dialects[dialect].words}) has no metric \`${name}\`.`;
  problems.error('CONFIG_METRIC_UNKNOWN', place, { message, hint: adviceFor(dialect, name) });
  return undefined;
}

function adviceFor(dialect: DialectName, name: string): string | undefined {
  const { other, instead } = findElsewhere(dialect, name);
  const stranger = other === undefined ? '' : `\`${name}\` belongs to the dialect \`${other}\`. `;
  if (instead !== undefined)
    return `${stranger}Here \`${instead.name}\` asks the same: ${meaningOf(instead.value).words}${usual(instead)}.`;
  const known = [...metricsOf(dialect).map((metric) => metric.name), promql.name];
  const near = closest(name, known);
  return near === undefined ? `${stranger}${suggest(name, known).hint}` : `Did you mean \`${near}\`?`;
}

function usual({ bounds }: Metric): string {
  return bounds === undefined ? '' : `, violated \`${formatBounds(bounds)}\``;
}
