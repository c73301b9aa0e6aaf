import type { Position } from '../problems/problem.js';
import type { Origin, Workspace } from './model.js';
import { isChartSubject } from './resolve/resolve-charts.js';
import { platformFile } from './resolve/resolve-platform.js';

/** One value of the resolved model and where it comes from. */
export interface ExplainedValue {
  /** undefined: the same in all environments. */
  readonly environment: string | undefined;
  /** Key path, as it would be written in the model's file. */
  readonly path: string;
  readonly value: unknown;
  readonly layer: Origin['layer'];
  /** undefined for built-in defaults. */
  readonly position: Position | undefined;
}

/** Everything a model is, value by value: first what is the same everywhere, then environment by environment. */
export function explainModel(workspace: Workspace, model: string): readonly ExplainedValue[] {
  const environments = [undefined, ...workspace.environments.map(({ name }) => name)];
  const rows = [...workspace.origins].flatMap(([key, { layer, position, value }]) => {
    const separator = key.indexOf(':');
    const [name = '', environment] = key.slice(0, separator).split('/');
    const path = key.slice(separator + 1);
    // What `driftloop.yaml` says of charts differs by environment, as models do.
    if (model === platformFile && isChartSubject(name))
      return [{ environment, path: `${name}.${path}`, value, layer, position }];
    return name === model ? [{ environment, path, value, layer, position }] : [];
  });
  return environments.flatMap((environment) =>
    rows
      .filter((row) => row.environment === environment)
      .sort((left, right) => compare(left.path, right.path)),
  );
}

/** Items of a list by number: `[2]` before `[10]`. */
function compare(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}
