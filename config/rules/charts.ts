import type { Problem } from '../../problems/problem.js';
import { formatKeyPath } from '../load/key-path.js';
import type { KeyPath } from '../load/key-path.js';
import type { ForeignChart, Workspace } from '../model.js';
import { listPlaces, placeKey } from '../places.js';
import { chartSubject } from '../resolve/resolve-charts.js';
import { isPinnedRevision, isPinnedVersion } from '../values/helm.js';
import { isSecretSetting } from '../values/secret-text.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** Charts of others are pinned, keep to themselves, and their values hold nothing secret. */
export const checkCharts: Rule = (workspace) => [
  ...workspace.charts.flatMap((chart) => [
    ...checkRevision(workspace, chart),
    ...checkNamespace(workspace, chart),
    ...checkValues(workspace, chart),
  ]),
  ...checkReleases(workspace),
];

/** At the value, or at the chart when nobody wrote the value. */
function report(
  workspace: Workspace,
  chart: ForeignChart,
  path: string,
  problem: Parameters<typeof problemAt>[2],
): Problem {
  const { name, environment, position } = chart;
  const found = problemAt(workspace, { where: chartSubject(name, environment?.name), path }, problem);
  const named = { ...found, path: `${formatKeyPath(['charts', name])}.${path}` };
  return named.position === undefined && position !== undefined ? { ...named, position } : named;
}

/** D84: one push to a branch would change what runs in prod. */
function checkRevision(workspace: Workspace, chart: ForeignChart): readonly Problem[] {
  const { kind, revision } = chart.source;
  if (kind === 'git' ? isPinnedRevision(revision) : isPinnedVersion(revision)) return [];
  const message =
    kind === 'git'
      ? `\`${revision}\` looks like a branch: whoever pushes to it changes what runs.`
      : `\`${revision}\` is not one version: what runs changes when a chart is published.`;
  const hint =
    kind === 'git'
      ? 'Name a commit or a tag; `refs/tags/NAME` when it is a tag with an unusual name.'
      : 'Name one version, for example `18.1.0`.';
  return [
    report(workspace, chart, 'revision', {
      code: 'CONFIG_CHART_UNPINNED',
      severity: 'warning',
      message,
      hint,
    }),
  ];
}

/** Namespaces of Kubernetes and of the controllers: a chart there could take them over. */
function checkNamespace(workspace: Workspace, chart: ForeignChart): readonly Problem[] {
  const { namespaces } = workspace.platform;
  const { namespace } = chart;
  if (
    [namespaces.argocd, namespaces.monitoring, 'default', 'tekton-pipelines'].includes(namespace) ||
    namespace.startsWith('kube-')
  ) {
    const message = `The namespace \`${namespace}\` belongs to the cluster's own controllers.`;
    const hint = 'Leave `namespace` out, or give the chart a namespace of its own.';
    return [report(workspace, chart, 'namespace', { code: 'CONFIG_NAME_RESERVED', message, hint })];
  }
  const owner = ownerOf(chart, workspace);
  if (owner === undefined || owner === placeOf(chart)) return [];
  const message = `The namespace \`${namespace}\` is that of ${owner}, where the chart does not stand.`;
  const hint = 'Leave `namespace` out, or give the chart a namespace of its own.';
  return [report(workspace, chart, 'namespace', { code: 'CONFIG_NAMESPACE_SHARED', message, hint })];
}

/** Whose a namespace is: of the toolings, an environment, or the first chart that asks for it. */
function ownerOf(chart: ForeignChart, workspace: Workspace): string | undefined {
  const { platform, charts } = workspace;
  const place = chartPlace(chart);
  if (place === placeKey(undefined, platform.namespaces.toolings)) return 'the toolings';
  const environment = listPlaces(workspace).find(
    ({ cluster, namespace }) => placeKey(cluster, namespace) === place,
  );
  if (environment !== undefined) return `the environment \`${environment.name}\``;
  const first = charts.find((other) => chartPlace(other) === place);
  return first && placeOf(first);
}

function chartPlace({ environment, namespace }: ForeignChart): string {
  return placeKey(environment?.cluster, namespace);
}

function placeOf({ environment }: ForeignChart): string {
  return environment === undefined ? 'the toolings' : `the environment \`${environment.name}\``;
}

/** Two releases of one name in one namespace would be one for Helm. */
function checkReleases(workspace: Workspace): readonly Problem[] {
  const taken = new Map<string, string>();
  return workspace.charts.flatMap((chart) => {
    const key = `${chartPlace(chart)}/${chart.releaseName}`;
    const other = taken.get(key);
    taken.set(key, other ?? chart.name);
    // Of one chart, the namespace is what is wrong.
    if (other === undefined || other === chart.name) return [];
    const message = `The charts \`${other}\` and \`${chart.name}\` have the same release name \`${chart.releaseName}\` in the namespace \`${chart.namespace}\`.`;
    const hint = 'Give one of them another `releaseName`.';
    return [report(workspace, chart, 'releaseName', { code: 'CONFIG_NAME_DUPLICATE', message, hint })];
  });
}

function checkValues(workspace: Workspace, chart: ForeignChart): readonly Problem[] {
  return [...settingsOf(chart.values, ['values'])].flatMap(([path, value]) => {
    const written = formatKeyPath(path);
    // A list of plain values has one origin.
    const index = path.findIndex((part) => typeof part === 'number');
    const known = [written, formatKeyPath(index === -1 ? path : path.slice(0, index))];
    const where = chartSubject(chart.name, chart.environment?.name);
    const at = known.find((each) => workspace.origins.has(`${where}:${each}`)) ?? written;
    if (value === null) {
      const message = `\`${written}\` of the chart \`${chart.name}\` is null, which gets lost on the way to Argo CD.`;
      const hint = 'Write the value that the chart shall have, or remove the key.';
      return [report(workspace, chart, at, { code: 'CONFIG_VALUE', message, hint })];
    }
    if (!isSecretSetting(String(path.findLast((part) => typeof part === 'string')), value)) return [];
    const message = `\`${written}\` of the chart \`${chart.name}\` looks like a secret, and whoever reads the repository would know it.`;
    const hint = 'Let the chart read it from a Secret; most charts have a key such as `existingSecret`.';
    return [report(workspace, chart, at, { code: 'CONFIG_SECRET_INLINE', message, hint })];
  });
}

/** Every single value with its path. */
function* settingsOf(value: unknown, path: KeyPath): Generator<readonly [KeyPath, unknown]> {
  if (typeof value !== 'object' || value === null) yield [path, value];
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* settingsOf(item, [...path, index]);
  else for (const [key, item] of Object.entries(value)) yield* settingsOf(item, [...path, key]);
}
