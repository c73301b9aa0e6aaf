import { alertLabels } from '../../charts/contract.js';
import type { Problem } from '../../problems/problem.js';
import { findAlerts, findRetrainAlerts } from '../alertmanager/alerts.js';
import type { Alert } from '../alertmanager/alerts.js';
import { canInhibit, readInhibitRules } from '../alertmanager/inhibition.js';
import type { InhibitRule } from '../alertmanager/inhibition.js';
import { describeMatcher, faultOfMatcher, matches } from '../alertmanager/matchers.js';
import type { Matcher } from '../alertmanager/matchers.js';
import { createRouteFinder, flattenRoutes, readRoutes } from '../alertmanager/routes.js';
import type { Route } from '../alertmanager/routes.js';
import { unknownIntervals } from '../alertmanager/time-intervals.js';
import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { reportProblem } from '../report.js';

/** What keeps a message from being sent is there, works, and never keeps a run from starting. */
export function checkNotifications(cluster: Cluster): readonly Problem[] {
  const configs = cluster.visible(kinds.alertmanagerConfig);
  const routes = readRoutes(configs);
  const rules = readInhibitRules(configs);
  const findRoutes = createRouteFinder(routes);
  const alerts = findAlerts(cluster.visible(kinds.prometheusRule));
  const alertsOf = indexByModel(alerts, ({ labels }) => labels[alertLabels.model]);
  const rulesOf = indexByModel(rules, (rule) => modelOf(rule.target));
  const isJudged = ({ config }: { readonly config: Manifest }) => cluster.judges(config);
  return [
    ...flattenRoutes(routes.filter(isJudged)).flatMap(checkIntervals),
    ...rules.filter(isJudged).flatMap((rule) => [...checkMatchers(rule), ...checkSides(rule, alertsOf)]),
    ...findRetrainAlerts(cluster.ofKind(kinds.prometheusRule)).flatMap((alert) => [
      ...checkMute(alert, findRoutes(alert.labels)),
      ...checkInhibition(alert, rulesOf(alert.labels[alertLabels.model])),
    ]),
  ];
}

/** Those that are about a model, and those that may be about any; a thousand models have too many pairs. */
function indexByModel<T>(
  items: readonly T[],
  modelOf: (item: T) => string | undefined,
): (model: string | undefined) => readonly T[] {
  const index = new Map<string | undefined, T[]>();
  for (const item of items) index.set(modelOf(item), [...(index.get(modelOf(item)) ?? []), item]);
  return (model) =>
    model === undefined ? items : [...(index.get(model) ?? []), ...(index.get(undefined) ?? [])];
}

function modelOf(matchers: readonly Matcher[]): string | undefined {
  return matchers.find(({ label, operator }) => label === alertLabels.model && operator === '=')?.value;
}

function checkIntervals(route: Route): readonly Problem[] {
  return unknownIntervals(route).map((name) =>
    reportProblem(route.config, 'REFERENCE_TIME_INTERVAL', {
      path: route.path,
      message: `the route names the time interval "${name}", which is not there.`,
      hint: 'The operator would leave out the whole AlertmanagerConfig.',
    }),
  );
}

function checkMatchers(rule: InhibitRule): readonly Problem[] {
  return [...rule.source, ...rule.target].flatMap((matcher) => {
    const fault = faultOfMatcher(matcher);
    if (fault === undefined) return [];
    return [
      reportProblem(rule.config, 'REFERENCE_MATCHER', {
        path: rule.path,
        message: `${describeMatcher(matcher)} is no regular expression of RE2: ${fault}.`,
        hint: 'Alertmanager would refuse its whole configuration, for everybody.',
      }),
    ];
  });
}

/** A source or target that no alert can be does nothing, most likely because of a misspelt name. */
function checkSides(
  rule: InhibitRule,
  alertsOf: (model: string | undefined) => readonly Alert[],
): readonly Problem[] {
  return (['source', 'target'] as const)
    .filter(
      (side) =>
        !alertsOf(modelOf(rule[side])).some(({ labels }) =>
          rule[side].every((matcher) => matches(matcher, labels)),
        ),
    )
    .map((side) =>
      reportProblem(rule.config, 'REFERENCE_INHIBITION', {
        path: rule.path,
        message: `no alert is what the rule calls its ${side}: ${rule[side].map(describeMatcher).join(', ')}.`,
        hint: 'Compare the matchers with the labels of the alerts.',
      }),
    );
}

function checkMute(alert: Alert, routes: readonly Route[]): readonly Problem[] {
  return routes
    .filter(({ muteIntervals, activeIntervals }) => muteIntervals.length + activeIntervals.length > 0)
    .map((route) =>
      reportProblem(route.config, 'REFERENCE_RETRAIN_MUTED', {
        path: route.path,
        message: `alert ${alert.name} asks for retraining, and this route sends it only at times.`,
        hint: 'A run would be lost without a trace; mute only what people are told.',
      }),
    );
}

function checkInhibition(alert: Alert, rules: readonly InhibitRule[]): readonly Problem[] {
  return rules
    .filter((rule) => canInhibit(rule, alert.labels))
    .map((rule) =>
      reportProblem(rule.config, 'REFERENCE_RETRAIN_MUTED', {
        path: rule.path,
        message: `alert ${alert.name} asks for retraining, and this rule can keep it from being sent.`,
        hint: 'A target must be an alert for people: `driftloop_action = notify`.',
      }),
    );
}
