import { alertLabels } from '../../charts/contract.js';
import { listMatchers } from '../../config/values/promql.js';
import type { Manifest } from '../../synth/manifest.js';
import { listAt, textAt, textMapAt } from '../fields.js';
import { keepsLabel } from '../prometheus/kept-labels.js';
import type { AlertLabels } from './matchers.js';

/** An alerting rule and the labels its alerts will have. */
export interface Alert {
  readonly rule: Manifest;
  /** Path in the PrometheusRule: `spec.groups[0].rules[3]`. */
  readonly path: string;
  readonly name: string;
  /** Those the rule adds, and those of its series as far as the selectors fix them. */
  readonly labels: AlertLabels;
}

/** Alerts of PrometheusRules that ask for a new training. */
export function findRetrainAlerts(rules: readonly Manifest[]): readonly Alert[] {
  const isRetrain = (labels: AlertLabels): boolean => labels[alertLabels.action] === 'retrain';
  // What the rule says itself is decisive; only where it says nothing does the expression have to be read.
  return findAlerts(rules, (given) => !(alertLabels.action in given) || isRetrain(given)).filter(
    ({ labels }) => isRetrain(labels),
  );
}

/** @param isWanted looks at the labels the rule adds */
export function findAlerts(
  rules: readonly Manifest[],
  isWanted: (given: AlertLabels) => boolean = () => true,
): readonly Alert[] {
  return rules.flatMap((rule) =>
    listAt(rule.object, 'spec', 'groups').flatMap((group, groupIndex) =>
      listAt(group, 'rules').flatMap((entry, ruleIndex) => {
        const name = textAt(entry, 'alert');
        if (name === undefined) return [];
        const given = { ...textMapAt(group, 'labels'), ...textMapAt(entry, 'labels'), alertname: name };
        if (!isWanted(given)) return [];
        const path = `spec.groups[${groupIndex}].rules[${ruleIndex}]`;
        const labels = { ...labelsOfSeries(textAt(entry, 'expr') ?? '', given), ...given };
        return [{ rule, path, name, labels }];
      }),
    ),
  );
}

/** Labels that every selector that names them fixes to one value, and that the expression keeps. */
function labelsOfSeries(expression: string, given: AlertLabels): AlertLabels {
  const values = new Map<string, Set<string>>();
  for (const { label, operator, value } of listMatchers(expression)) {
    if (operator !== '=' || label === 'alertstate' || label in given) continue;
    values.set(label, (values.get(label) ?? new Set()).add(value));
  }
  const fixed = [...values].flatMap(([label, [value = '', ...others]]) =>
    others.length === 0 && keepsLabel(expression, label) ? [[label, value] as const] : [],
  );
  return Object.fromEntries(fixed);
}
