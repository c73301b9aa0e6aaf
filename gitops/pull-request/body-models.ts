import type { Model, Serving } from '../../config/model.js';
import { isSameModel, releaseKey } from '../../config/release.js';
import type { Release } from '../../config/release.js';
import type { Delivery } from '../publish/delivery.js';
import { compareMetrics, compareReleases } from '../release/comparison.js';
import type { ComparedMetric } from '../release/comparison.js';
import { plain, table } from './markdown.js';

/** A model in an environment that a delivery changes. */
interface ChangedModel {
  readonly environment: string;
  readonly model: Model;
  readonly before: Release | undefined;
  readonly after: Release | undefined;
}

/** What the models that change are measured by, and how their servers are replaced; nothing where no model changes. */
export function describeModels(delivery: Delivery): readonly string[] {
  const changed = findChanged(delivery);
  return [...changed.flatMap(describeRelease), ...describeMetrics(changed), ...describeRollouts(changed)];
}

/** What runs beside what comes, where a version is released. */
function describeRelease({ environment, model, before, after }: ChangedModel): readonly string[] {
  if (after === undefined || (before !== undefined && isSameModel(before, after))) return [];
  const { facts } = compareReleases(before, after, []);
  const rows = facts.map(({ what, before = '', after = '' }) => [what, before, after]);
  const title = `**Release of ${plain(model.name)} to ${plain(environment)}**`;
  return [`${title}\n\n${table(['', 'runs now', 'comes'], rows)}`];
}

function findChanged({ plan, context }: Delivery): readonly ChangedModel[] {
  const { workspace, releases } = context;
  return plan.units.flatMap(({ environment, model: name }) => {
    const model = workspace.models.find((candidate) => candidate.name === name);
    if (environment === undefined || model === undefined) return [];
    const key = releaseKey(environment, model.name);
    return [{ environment, model, before: releases.before.get(key), after: releases.after.get(key) }];
  });
}

function describeMetrics(changed: readonly ChangedModel[]): readonly string[] {
  const rows = changed.flatMap((each) => {
    const versions = formatChange(each.before?.version, each.after?.version);
    const name = `${each.model.name} (${each.environment})`;
    const metrics = rowsOfMetrics(each);
    return metrics.length === 0 && each.after === undefined
      ? []
      : (metrics.length === 0 ? [['', '', '']] : metrics).map((cells) => [name, versions, ...cells]);
  });
  if (rows.length === 0) return [];
  return [`**Metrics and gates**\n\n${table(['model', 'version', 'metric', 'value', 'gate'], rows)}`];
}

function rowsOfMetrics({ model, before, after }: ChangedModel): readonly (readonly string[])[] {
  return compareMetrics(before, after, model.gates.metrics).map((compared) => [
    compared.metric,
    formatChange(compared.before, compared.after),
    judge(compared),
  ]);
}

function judge({ gate, after, passed }: ComparedMetric): string {
  if (gate === undefined) return 'none';
  return `${gate}: ${after === undefined ? 'not measured' : passed ? 'passed' : 'FAILED'}`;
}

function formatChange(before: string | number | undefined, after: string | number | undefined): string {
  if (after === undefined) return 'not released';
  return before === undefined || before === after ? String(after) : `${before} → ${after}`;
}

function describeRollouts(changed: readonly ChangedModel[]): readonly string[] {
  const lines = changed.flatMap(({ environment, model }) => {
    const deployment = model.deployments.find((candidate) => candidate.environment.name === environment);
    if (deployment?.serving === undefined) return [];
    return [`- ${plain(model.name)} in ${plain(environment)}: ${describeRollout(deployment.serving)}`];
  });
  return lines.length === 0 ? [] : [`**Rollout**\n\n${lines.join('\n')}`];
}

function describeRollout(serving: Serving): string {
  if (serving.kind === 'deployment') return 'a Deployment replaces its Pods one by one.';
  const { canary } = serving;
  if (canary === undefined) return 'an InferenceService moves all requests once its new revision is ready.';
  return `an InferenceService sends ${canary.trafficPercent} % of the requests to its new revision.`;
}
