import { alertLabels } from '../../charts/contract.js';
import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { listAt, textAt, textMapAt } from '../fields.js';
import type { AlertLabels } from './matchers.js';

/** An alerting rule and the labels its alerts will have. */
export interface Alert {
  readonly rule: Manifest;
  /** Path in the PrometheusRule: `spec.groups[0].rules[3]`. */
  readonly path: string;
  readonly name: string;
  readonly labels: AlertLabels;
}

/** Alerts that ask for a new training. */
export function findRetrainAlerts(cluster: Cluster): readonly Alert[] {
  return findAlerts(cluster).filter((alert) => alert.labels[alertLabels.action] === 'retrain');
}

export function findAlerts(cluster: Cluster): readonly Alert[] {
  return cluster.ofKind(kinds.prometheusRule).flatMap((rule) =>
    listAt(rule.object, 'spec', 'groups').flatMap((group, groupIndex) =>
      listAt(group, 'rules').flatMap((entry, ruleIndex) => {
        const name = textAt(entry, 'alert');
        if (name === undefined) return [];
        const path = `spec.groups[${groupIndex}].rules[${ruleIndex}]`;
        return [{ rule, path, name, labels: labelsOfAlert(entry, group, name) }];
      }),
    ),
  );
}

/**
 * Labels of the alert: those of its series as far as the selectors fix them, and those the rule adds.
 * That the aggregations keep them is what validate/promql.ts proves.
 */
function labelsOfAlert(rule: unknown, group: unknown, alertname: string): AlertLabels {
  const expression = textAt(rule, 'expr') ?? '';
  return {
    ...labelsOfSelectors(expression),
    ...textMapAt(group, 'labels'),
    ...textMapAt(rule, 'labels'),
    alertname,
  };
}

/** Labels that every selector of an expression that names them fixes to the same value. */
function labelsOfSelectors(expression: string): AlertLabels {
  const values = new Map<string, Set<string>>();
  for (const [, label = '', value = ''] of expression.matchAll(/(\w+)\s*=\s*"((?:[^"\\]|\\.)*)"/g)) {
    if (label === '__name__' || label === 'alertname' || label === 'alertstate') continue;
    values.set(label, (values.get(label) ?? new Set()).add(value));
  }
  const fixed = [...values].flatMap(([label, found]) =>
    found.size === 1 ? [[label, [...found][0] ?? '']] : [],
  );
  return Object.fromEntries(fixed) as Record<string, string>;
}
