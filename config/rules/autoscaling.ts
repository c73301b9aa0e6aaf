import type { Autoscaling, ScalingTarget, Serving, Workspace } from '../model.js';
import { checkPromql, typeOfPromql } from '../values/promql.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** Autoscaling must be possible where it is asked for, and its target one that makes sense. */
export const checkAutoscaling: Rule = (workspace) =>
  workspace.models.flatMap((model) =>
    model.deployments.flatMap(({ environment, serving }) => {
      const autoscaling = serving?.autoscaling;
      if (serving === undefined || autoscaling === undefined) return [];
      const where = `${model.name}/${environment.name}`;
      return findFaults(serving, autoscaling, where, workspace).map(({ key, ...fault }) =>
        problemAt(workspace, { where, path: placeOf(workspace, where, key) }, fault),
      );
    }),
  );

interface Fault {
  /** Of `serving.autoscaling`. */
  readonly key: string;
  readonly code: 'CONFIG_AUTOSCALING' | 'CONFIG_PROMQL';
  readonly message: string;
  readonly hint: string;
}

/** Where a key was written; a default has no place, and what is always written stands in for it. */
function placeOf({ origins }: Workspace, where: string, key: string): string {
  const path = `serving.autoscaling.${key}`;
  return origins.get(`${where}:${path}`)?.position === undefined ? 'serving.autoscaling.max' : path;
}

function findFaults(
  serving: Serving,
  autoscaling: Autoscaling,
  where: string,
  workspace: Workspace,
): readonly Fault[] {
  const { target } = autoscaling;
  return [
    ...checkBounds(serving, autoscaling),
    ...checkMetric(serving, target),
    ...checkTarget(target),
    ...(target.metric === 'prometheus' ? checkQuery(target.query) : []),
    ...checkUnusedQuery(target, where, workspace),
  ];
}

function checkBounds(serving: Serving, { min, max }: Autoscaling): readonly Fault[] {
  const faults: Fault[] = [];
  if (min > max) {
    const message = `At least ${min} and at most ${max} Pods contradict each other.`;
    faults.push({ key: 'min', code: 'CONFIG_AUTOSCALING', message, hint: 'Lower `min`, or raise `max`.' });
  }
  if (min === 0 && !(serving.kind === 'inferenceservice' && serving.mode === 'Knative')) {
    const message = 'Without a Pod nothing answers, and nothing would start one when a request comes.';
    const hint = 'Write `min: 1`; only `mode: Knative` starts the first Pod for a request.';
    faults.push({ key: 'min', code: 'CONFIG_AUTOSCALING', message, hint });
  }
  return faults;
}

const possibleMetrics = {
  deployment: ['cpu', 'memory'],
  Standard: ['cpu', 'memory', 'prometheus'],
  Knative: ['concurrency', 'rps'],
} as const satisfies Record<string, readonly ScalingTarget['metric'][]>;

function checkMetric(serving: Serving, { metric }: ScalingTarget): readonly Fault[] {
  const place = serving.kind === 'deployment' ? 'deployment' : serving.mode;
  const possible: readonly ScalingTarget['metric'][] = possibleMetrics[place];
  const choices = possible.map((each) => `\`metric: ${each}\``).join(', ');
  const subject = place === 'deployment' ? '`kind: deployment`' : `\`mode: ${place}\``;
  if (!possible.includes(metric)) {
    const message = `${subject} cannot scale by \`${metric}\`.`;
    return [{ key: 'metric', code: 'CONFIG_AUTOSCALING', message, hint: `Possible are ${choices}.` }];
  }
  if (
    metric !== 'prometheus' ||
    serving.kind === 'deployment' ||
    serving.transformer?.placement !== 'component'
  )
    return [];
  const message = 'A transformer in Pods of its own would not be scaled by the query, and KEDA refuses that.';
  const hint = 'Put the transformer beside the model, `placement: sidecar`, or scale by `cpu`.';
  return [{ key: 'metric', code: 'CONFIG_AUTOSCALING', message, hint }];
}

/** Per cent of the request that an idle server stays below, and that is reached before it is too late. */
const sensible = { cpu: { from: 10, to: 100 }, memory: { from: 40, to: 95 } } as const;

function checkTarget({ metric, value }: ScalingTarget): readonly Fault[] {
  if (metric !== 'cpu' && metric !== 'memory') return [];
  const { from, to } = sensible[metric];
  if (value >= from && value <= to) return [];
  const consequence =
    value < from
      ? 'an idle server uses more, so there would always be as many Pods as `max` allows'
      : metric === 'memory'
        ? 'the Pod is killed at 100 %, so more Pods would come too late'
        : 'it is never reached in a way that helps';
  const message = `A target of ${value} % of the ${metric} request makes no sense: ${consequence}.`;
  const hint = `Choose between ${from} and ${to}; 80 is usual.`;
  return [{ key: 'target', code: 'CONFIG_AUTOSCALING', message, hint }];
}

function checkQuery(query: string): readonly Fault[] {
  const [fault] = checkPromql(query);
  const key = 'prometheus.query';
  if (fault !== undefined) {
    const message = `The query of the autoscaling is wrong: ${fault.message}.`;
    return [{ key, code: 'CONFIG_PROMQL', message, hint: 'Try it in Prometheus.' }];
  }
  if (['vector', 'scalar'].includes(typeOfPromql(query))) return [];
  const hint = 'It must give one number, such as `sum(rate(requests_total[2m]))`.';
  return [
    { key, code: 'CONFIG_PROMQL', message: 'The query of the autoscaling is no instant vector.', hint },
  ];
}

/** A query that nobody asks for would be forgotten in silence. */
function checkUnusedQuery(
  { metric }: ScalingTarget,
  where: string,
  { origins }: Workspace,
): readonly Fault[] {
  const key = ['query', 'server', 'tokenSecret.name']
    .map((name) => `prometheus.${name}`)
    .find((each) => origins.has(`${where}:serving.autoscaling.${each}`));
  if (metric === 'prometheus' || key === undefined) return [];
  const message = `\`prometheus\` means nothing to \`metric: ${metric}\`.`;
  return [{ key, code: 'CONFIG_AUTOSCALING', message, hint: 'Write `metric: prometheus`, or remove it.' }];
}
