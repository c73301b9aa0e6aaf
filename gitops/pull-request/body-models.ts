import type { Model, Serving } from '../../config/model.js';
import { releaseKey } from '../../config/release.js';
import type { Release } from '../../config/release.js';
import type { Delivery } from '../publish/delivery.js';
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
  return [...describeMetrics(changed), ...describeRollouts(changed)];
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

/** Gates first, in their order; then what else was measured. */
function rowsOfMetrics({ model, before, after }: ChangedModel): readonly (readonly string[])[] {
  const metrics = after?.metrics ?? {};
  const gated = new Set(model.gates.map(({ metric }) => metric));
  const others = Object.keys(metrics).filter((metric) => !gated.has(metric));
  const value = (metric: string) => formatChange(before?.metrics[metric], metrics[metric]);
  return [
    ...model.gates.map(({ metric, min, max }) => [metric, value(metric), judge(metrics[metric], min, max)]),
    ...others.sort().map((metric) => [metric, value(metric), 'none']),
  ];
}

function judge(value: number | undefined, min: number | undefined, max: number | undefined): string {
  const bounds = [min === undefined ? '' : `at least ${min}`, max === undefined ? '' : `at most ${max}`];
  const gate = bounds.filter((bound) => bound !== '').join(', ');
  if (value === undefined) return `${gate}: not measured`;
  const passed = value >= (min ?? -Infinity) && value <= (max ?? Infinity);
  return `${gate}: ${passed ? 'passed' : 'FAILED'}`;
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
