import { labels } from '../charts/conventions.js';
import { dashboardComponent } from '../charts/dashboards/dashboard-object.js';
import { checkPromql, listSelectors } from '../config/values/promql.js';
import type { Problem } from '../problems/problem.js';
import type { Manifest } from '../synth/manifest.js';
import { indexCluster, kindOf, kinds } from './cluster.js';
import type { Cluster } from './cluster.js';
import { fieldAt, findTexts, textAt, textMapAt } from './fields.js';
import { readRules } from './prometheus/rules.js';
import { reportProblem } from './report.js';

/** The text of a dashboard, and where in the object it stands. */
interface DashboardText {
  readonly manifest: Manifest;
  readonly path: string;
  readonly text: string;
}

/** Dashboards can be imported, find their folder, and ask for what is recorded in their namespace. */
export function validateDashboards(
  manifests: readonly Manifest[],
  surroundings?: readonly Manifest[],
): readonly Problem[] {
  const dashboards = manifests.flatMap(readDashboards);
  if (dashboards.length === 0) return [];
  const cluster = indexCluster(manifests, surroundings);
  const recorded = indexRecords(cluster.visible(kinds.prometheusRule));
  return [
    ...dashboards.flatMap((dashboard) => checkContent(dashboard, recorded)),
    ...cluster.ofKind(kinds.grafanaDashboard).flatMap((manifest) => checkFolder(cluster, manifest)),
  ];
}

function readDashboards(manifest: Manifest): readonly DashboardText[] {
  const { object } = manifest;
  if (object.metadata.labels?.[labels.component] !== dashboardComponent) return [];
  if (kindOf(object) === kinds.grafanaDashboard) {
    return [{ manifest, path: 'spec.json', text: textAt(object, 'spec', 'json') ?? '' }];
  }
  const files = Object.entries(textMapAt(object, 'data'));
  return files.map(([name, text]) => ({ manifest, path: `data["${name}"]`, text }));
}

/** Names of recorded series by namespace. */
function indexRecords(manifests: readonly Manifest[]): ReadonlyMap<string, ReadonlySet<string>> {
  const index = new Map<string, Set<string>>();
  for (const { manifest, record } of readRules(manifests)) {
    const namespace = manifest.object.metadata.namespace ?? '';
    const names = index.get(namespace) ?? new Set();
    if (record !== undefined) names.add(record);
    index.set(namespace, names);
  }
  return index;
}

function checkContent(
  dashboard: DashboardText,
  recorded: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Problem[] {
  const { manifest, path, text } = dashboard;
  const content = parseJson(text);
  const uid = textAt(content, 'uid') ?? '';
  if (!/^[\w-]{1,40}$/.test(uid)) {
    const message = content === undefined ? 'the dashboard is no JSON.' : `"${uid}" is no address.`;
    return [reportProblem(manifest, 'DASHBOARD_JSON', { path, message })];
  }
  const known = recorded.get(manifest.object.metadata.namespace ?? '') ?? new Set();
  return findTexts(content)
    .filter(({ path: where }) => where.endsWith('.expr'))
    .flatMap(({ path: where, text: expression }) => {
      const place = { path: `${path} ${where}` };
      return [
        ...checkPromql(expression).map(({ message }) =>
          reportProblem(manifest, 'PROMQL_EXPRESSION', { ...place, message: `${message}.` }),
        ),
        ...listUnrecorded(expression, known).map((name) =>
          reportProblem(manifest, 'PROMQL_RECORD_UNKNOWN', {
            ...place,
            message: `the panel reads ${name}, which no rule of the namespace records.`,
          }),
        ),
      ];
    });
}

/** Series of ours; no exporter uses such names. */
function listUnrecorded(expression: string, known: ReadonlySet<string>): readonly string[] {
  const names = new Set(listSelectors(expression).flatMap(({ name }) => name ?? []));
  return [...names].filter((name) => name.startsWith('driftloop:') && !known.has(name));
}

function checkFolder(cluster: Cluster, manifest: Manifest): readonly Problem[] {
  const { object } = manifest;
  const folder = fieldAt(object, 'spec', 'folderRef');
  if (typeof folder !== 'string') return [];
  if (cluster.find(kinds.grafanaFolder, object.metadata.namespace, folder) !== undefined) return [];
  const message = `there is no GrafanaFolder "${folder}" in namespace "${object.metadata.namespace ?? ''}".`;
  return [reportProblem(manifest, 'REFERENCE_FOLDER', { path: 'spec.folderRef', message })];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
