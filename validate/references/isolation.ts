import { alertLabels, requestFields } from '../../charts/contract.js';
import { labels } from '../../charts/conventions.js';
import type { Problem } from '../../problems/problem.js';
import type { Manifest } from '../../synth/manifest.js';
import { findAlerts } from '../alertmanager/alerts.js';
import { readInhibitRules } from '../alertmanager/inhibition.js';
import type { Matcher } from '../alertmanager/matchers.js';
import { payloadFields } from '../alertmanager/payload.js';
import { flattenRoutes, readRoutes } from '../alertmanager/routes.js';
import { kinds } from '../cluster.js';
import type { Cluster, Kind } from '../cluster.js';
import { textMapAt } from '../fields.js';
import { reportProblem } from '../report.js';
import { splitConditions } from '../triggers/conditions.js';
import { isForge } from '../triggers/forge-interceptors.js';
import { isCel, readInterceptors } from '../triggers/interceptors.js';
import type { CelInterceptor } from '../triggers/interceptors.js';
import { isRegistry } from '../triggers/registry-interceptor.js';

/** Where an object could meddle with other models. */
interface Meddling {
  readonly path: string;
  readonly what: string;
}

type Finder = (manifest: Manifest, model: string) => readonly Meddling[];

/**
 * What belongs to a model is about that model alone: its alerts say whose they are, and whatever selects by labels asks
 * for that. So nothing has to be compared with the objects of a thousand other models.
 */
export function checkIsolation(cluster: Cluster): readonly Problem[] {
  return [...finders].flatMap(([kind, find]) =>
    cluster.ofKind(kind).flatMap((manifest) => {
      const { model } = manifest;
      if (model === undefined) return [];
      return find(manifest, model).map(({ path, what }) =>
        reportProblem(manifest, 'REFERENCE_OTHER_MODELS', {
          path,
          message: `${what} not limited to the model "${model}".`,
          hint: 'Other models would be disturbed.',
        }),
      );
    }),
  );
}

const finders: ReadonlyMap<Kind, Finder> = new Map<Kind, Finder>([
  [kinds.prometheusRule, findAlertsOfAnybody],
  [kinds.alertmanagerConfig, findWideMatchers],
  [kinds.trigger, findWideFilter],
  [kinds.podMonitor, findWideSelector],
  [kinds.serviceMonitor, findWideSelector],
]);

function findAlertsOfAnybody(rule: Manifest, model: string): readonly Meddling[] {
  return findAlerts([rule])
    .filter((alert) => alert.labels[alertLabels.model] !== model)
    .map(({ path, name }) => ({ path: `${path}.labels`, what: `alert ${name} is` }));
}

function findWideMatchers(config: Manifest, model: string): readonly Meddling[] {
  const isWide = (matchers: readonly Matcher[]) =>
    !matchers.some(
      ({ label, operator, value }) => label === alertLabels.model && operator === '=' && value === model,
    );
  const routes = flattenRoutes(readRoutes([config])).filter(({ demands }) => isWide(demands));
  const rules = readInhibitRules([config]).filter(({ source, target }) => isWide(source) || isWide(target));
  return [
    ...routes.map(({ path }) => ({ path: `${path}.matchers`, what: 'the route is' })),
    ...rules.map(({ path }) => ({ path, what: 'the rule is' })),
  ];
}

/**
 * Takes alerts and requests about the model. What a signature proves to come from elsewhere passes as neither, nor does
 * what has a field that they have not.
 */
function findWideFilter(trigger: Manifest, model: string): readonly Meddling[] {
  const interceptors = readInterceptors(trigger.object.spec);
  const [first] = interceptors;
  const isSigned = first !== undefined && (isForge(first) || isRegistry(first));
  const asksFor = ({ demands, filter = '' }: CelInterceptor): boolean =>
    demands.get(alertLabels.model) === model ||
    splitConditions(filter).includes(`body.${requestFields.model} == '${model}'`);
  const filters = interceptors.filter(isCel);
  const isLimited = isSigned || filters.some(asksFor) || filters.some(asksForOther);
  return isLimited ? [] : [{ path: 'spec.interceptors', what: 'the filter is' }];
}

const knownFields: readonly string[] = [...payloadFields, ...Object.values(requestFields)];

function asksForOther({ filter = '' }: CelInterceptor): boolean {
  return splitConditions(filter)
    .map((condition) => /^has\(body\.(\w+)\)$/.exec(condition)?.[1])
    .some((field) => field !== undefined && !knownFields.includes(field));
}

/** KServe labels Pods with the name of the InferenceService, which is that of the model. */
function findWideSelector(monitor: Manifest, model: string): readonly Meddling[] {
  const selected = textMapAt(monitor.object, 'spec', 'selector', 'matchLabels');
  const isLimited = [labels.model, 'serving.kserve.io/inferenceservice'].some(
    (label) => selected[label] === model,
  );
  return isLimited ? [] : [{ path: 'spec.selector', what: 'the selector is' }];
}
