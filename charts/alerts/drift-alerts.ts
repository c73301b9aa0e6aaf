import type { Construct } from 'constructs';
import { formatPrometheusDuration } from '../../config/values/duration.js';
import type { Duration } from '../../config/values/duration.js';
import { PrometheusRule } from '../../imports/monitoring.coreos.com.js';
import type {
  PrometheusRuleSpecGroups,
  PrometheusRuleSpecGroupsRules,
} from '../../imports/monitoring.coreos.com.js';
import { planAlerts } from './alert-rules.js';
import { alertNames } from '../contract.js';
import { labels, modelObjectName, runRulesName, syncWave } from '../conventions.js';
import { recordDetector } from './detector-rules.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { subjectOf } from '../model-in-environment.js';
import type { ModelInEnvironment } from '../model-in-environment.js';
import type { Rule, RuleGroup } from './rules.js';

/** Platform, model and one of the model's deployments. */
export type DriftAlertsProps = ModelInEnvironment;

/** What Prometheus watches of one model in one environment: its detectors as recorded series, and the alerts on them. */
export class DriftAlerts extends DriftloopChart {
  constructor(scope: Construct, id: string, props: DriftAlertsProps) {
    const { platform, model, deployment } = props;
    super(scope, id, { namespace: deployment.environment.namespace });
    const rules = planRules(props);
    if (platform.capabilities.ruleView === 'cluster') {
      this.addRules(props, modelObjectName(model.name), rules);
      return;
    }
    const [own, foreign] = splitByView(rules);
    this.addRules(props, modelObjectName(model.name), own, projectScope);
    if (foreign.rules.length > 0) this.addRules(props, runRulesName(model.name), foreign);
  }

  private addRules(
    { platform, model, deployment }: DriftAlertsProps,
    name: string,
    group: RuleGroup,
    scope: Readonly<Record<string, string>> = {},
  ): void {
    new PrometheusRule(this, group.name, {
      metadata: {
        name,
        annotations: { [syncWave.annotation]: syncWave.models },
        labels: {
          ...platform.alerting.ruleLabels,
          ...scope,
          [labels.model]: model.name,
          [labels.environment]: deployment.environment.name,
        },
      },
      spec: { groups: [ruleGroup(group)] },
    });
  }
}

/** OpenShift: the project's own Prometheus evaluates the rules, at once and from the project's metrics alone. */
const projectScope = { 'openshift.io/prometheus-rule-evaluation-scope': 'leaf-prometheus' };

/**
 * What becomes of runs only Tekton's metrics show, which are in another namespace: those rules are for whoever sees
 * all metrics (OpenShift's Thanos Ruler), which needs the namespace among `namespacesWithoutLabelEnforcement`.
 */
function splitByView(group: RuleGroup): readonly [RuleGroup, RuleGroup] {
  const foreign: readonly string[] = [alertNames.retrainNotStarted, alertNames.runFailed];
  const isForeign = (rule: Rule) => 'alert' in rule && foreign.includes(rule.alert);
  return [
    { ...group, rules: group.rules.filter((rule) => !isForeign(rule)) },
    { ...group, name: `${group.name}.runs`, rules: group.rules.filter(isForeign) },
  ];
}

/** All rules of a model in one environment, in the order in which they must be evaluated. */
export function planRules(context: ModelInEnvironment): RuleGroup {
  const { platform, model, deployment } = context;
  const { interval } = platform.alerting;
  return {
    name: `driftloop.${deployment.environment.name}.${model.name}`,
    interval,
    rules: [
      ...deployment.detectors.flatMap((detector) => recordDetector(subjectOf(context), detector, interval)),
      ...planAlerts(context),
    ],
  };
}

function ruleGroup(group: RuleGroup): PrometheusRuleSpecGroups {
  return {
    name: group.name,
    interval: formatPrometheusDuration(group.interval),
    rules: group.rules.map(formatRule),
  };
}

function formatRule(rule: Rule): PrometheusRuleSpecGroupsRules {
  if ('record' in rule) return { record: rule.record, expr: rule.expression, labels: rule.labels };
  const wait = formatWait(rule.for);
  const hold = formatWait(rule.keepFiringFor);
  return {
    alert: rule.alert,
    expr: rule.expression,
    ...(wait === undefined ? {} : { for: wait }),
    ...(hold === undefined ? {} : { keepFiringFor: hold }),
    labels: rule.labels,
    annotations: rule.annotations,
  };
}

/** Zero is Prometheus' default and is left out. */
function formatWait(wait: Duration | undefined): string | undefined {
  return wait === undefined || wait.milliseconds === 0 ? undefined : formatPrometheusDuration(wait);
}
