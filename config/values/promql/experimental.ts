import { findNodes } from './tree.js';
import type { PromqlTree } from './tree.js';

/** Functions and aggregations that Prometheus refuses unless it is started with a feature flag. */
const experimental = new Set([
  ...['double_exponential_smoothing', 'info', 'limit_ratio', 'limitk', 'mad_over_time', 'first_over_time'],
  ...['sort_by_label', 'sort_by_label_desc', 'ts_of_first_over_time', 'ts_of_last_over_time'],
  ...['ts_of_max_over_time', 'ts_of_min_over_time', 'histogram_quantiles', 'start', 'end'],
  ...['step', 'range', 'start_timestamp'],
]);

/** Calls that only work with `--enable-feature=promql-experimental-functions`. */
export function experimentalCalls(tree: PromqlTree, expression: string) {
  return findNodes(tree, ({ name }) => name === 'FunctionIdentifier' || name === 'AggregateOp')
    .map(({ from, to }) => ({ name: expression.slice(from, to), from, to }))
    .filter(({ name }) => experimental.has(name.toLowerCase()))
    .map(({ name, from, to }) => ({
      message: `"${name}" is experimental: Prometheus refuses it unless a feature flag is set`,
      from,
      to,
    }));
}
