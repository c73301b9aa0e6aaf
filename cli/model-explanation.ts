import type { ExplainedValue } from '../config/explain-model.js';
import { explainModel } from '../config/explain-model.js';
import type { Workspace } from '../config/model.js';

/** One value, ready to be printed. */
interface Row {
  readonly path: string;
  readonly value: string;
  readonly source: string;
}

/**
 * What a model, or `driftloop.yaml`, resolves to, as `path value source` lines: first what holds everywhere, then what
 * differs by environment.
 */
export function formatExplanation(workspace: Workspace, subject: string): string {
  const values = explainModel(workspace, subject);
  const rowsOf = (environment: string | undefined) =>
    values.filter((value) => value.environment === environment).map(formatValue);
  const environments = workspace.environments.map(({ name }) => ({ name, rows: rowsOf(name) }));
  const [first, ...others] = environments;
  const common = (first?.rows ?? []).filter((row) => others.every(({ rows }) => rows.some(isSame(row))));
  const shared = [...rowsOf(undefined), ...common];
  const sections = [
    {
      title: environments.some(({ rows }) => rows.length > 0) ? `${subject} in every environment` : subject,
      rows: shared,
    },
    ...environments.map(({ name, rows }) => ({
      title: `${subject} in ${name}`,
      rows: rows.filter((row) => !common.some(isSame(row))),
    })),
  ];
  return sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => `${title}\n${formatTable(rows)}`)
    .join('\n');
}

function formatValue({ path, value, layer, position }: ExplainedValue): Row {
  const place = position === undefined ? '' : `, ${position.file}:${position.line}:${position.column}`;
  return { path, value: JSON.stringify(value), source: `${layer}${place}` };
}

function isSame(row: Row): (other: Row) => boolean {
  return ({ path, value, source }) => path === row.path && value === row.value && source === row.source;
}

function formatTable(rows: readonly Row[]): string {
  const width = (of: (row: Row) => string) => Math.min(60, Math.max(...rows.map((row) => of(row).length)));
  const paths = width(({ path }) => path);
  const texts = width(({ value }) => value);
  return rows
    .map(({ path, value, source }) => `  ${path.padEnd(paths)}  ${value.padEnd(texts)}  # ${source}\n`)
    .join('');
}
