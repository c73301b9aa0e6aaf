import type { Model, Origin, Workspace } from '../config/model.js';

/** A value of the resolved model, and where it comes from. */
interface ExplainedValue {
  readonly path: string;
  readonly value: string;
  readonly source: string;
}

/** The resolved model as `path value source` lines: first what holds everywhere, then what differs by environment. */
export function explainOrigins(workspace: Workspace, model: Model): string {
  const environments = model.deployments.map(({ environment }) => environment.name);
  const lists = environments.map((environment) => listValues(workspace, `${model.name}/${environment}`));
  const [first = [], ...others] = lists;
  const common = first.filter((value) => others.every((list) => list.some((other) => isSame(value, other))));
  const shared = [...listValues(workspace, model.name), ...common];
  const sections = [
    { title: `${model.name} in every environment`, values: shared },
    ...environments.map((environment, index) => ({
      title: `${model.name} in ${environment}`,
      values: (lists[index] ?? []).filter((value) => !common.some((other) => isSame(value, other))),
    })),
  ];
  return sections
    .filter(({ values }) => values.length > 0)
    .map(({ title, values }) => `${title}\n${formatTable(values)}`)
    .join('\n');
}

function listValues({ origins }: Workspace, where: string): readonly ExplainedValue[] {
  const prefix = `${where}:`;
  return [...origins]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, origin]) => ({
      path: key.slice(prefix.length),
      value: JSON.stringify(origin.value),
      source: describeOrigin(origin),
    }))
    .sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
}

function describeOrigin({ layer, position }: Origin): string {
  return position === undefined ? layer : `${layer}, ${position.file}:${position.line}:${position.column}`;
}

function isSame(a: ExplainedValue, b: ExplainedValue): boolean {
  return a.path === b.path && a.value === b.value && a.source === b.source;
}

function formatTable(values: readonly ExplainedValue[]): string {
  const width = (of: (value: ExplainedValue) => string) =>
    Math.min(60, Math.max(...values.map((value) => of(value).length)));
  const paths = width(({ path }) => path);
  const texts = width(({ value }) => value);
  return values
    .map(({ path, value, source }) => `  ${path.padEnd(paths)}  ${value.padEnd(texts)}  # ${source}\n`)
    .join('');
}
