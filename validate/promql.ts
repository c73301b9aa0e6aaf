import { alertLabels } from '../charts/contract.js';
import { parseDuration } from '../config/values/duration.js';
import { checkPromql, listSelectors, shapeOf, typeOfPromql } from '../config/values/promql.js';
import type { Problem } from '../problems/problem.js';
import type { Manifest } from '../synth/manifest.js';
import { keepsLabel } from './prometheus/kept-labels.js';
import { readRules } from './prometheus/rules.js';
import type { ReadRule } from './prometheus/rules.js';
import { reportProblem } from './report.js';

/** Every rule can be evaluated, reads what is recorded, and its alert reaches the routes of its namespace. */
export function validatePromql(manifests: readonly Manifest[]): readonly Problem[] {
  return manifests.flatMap((manifest) => {
    const rules = readRules([manifest]);
    const records = new Set(rules.map(({ record }) => record));
    return rules.flatMap((rule) => checkRule(rule, records));
  });
}

function checkRule(rule: ReadRule, records: ReadonlySet<string | undefined>): readonly Problem[] {
  const faults = checkExpression(rule);
  if (faults.length > 0) return [...faults, ...checkDurations(rule)];
  return [...checkRecords(rule, records), ...checkNamespace(rule), ...checkDurations(rule)];
}

function checkExpression(rule: ReadRule): readonly Problem[] {
  const path = `${rule.path}.expr`;
  const faults = checkPromql(rule.expression).map(({ message, from, to }) =>
    reportProblem(rule.manifest, 'PROMQL_EXPRESSION', {
      path,
      message: `${nameOf(rule)}: ${message}, at "${excerpt(rule.expression, from, to)}".`,
      hint: 'The Prometheus operator would drop the whole object.',
    }),
  );
  if (faults.length > 0) return faults;
  const type = typeOfPromql(rule.expression);
  if (type === 'vector' || type === 'scalar') return [];
  return [
    reportProblem(rule.manifest, 'PROMQL_RESULT', {
      path,
      message: `${nameOf(rule)}: the result is a ${type}, a rule needs one value per series.`,
    }),
  ];
}

/** No exporter uses such names. */
const ownSeries = 'driftloop:';

/** @param records names that the rules of the same object record */
function checkRecords(rule: ReadRule, records: ReadonlySet<string | undefined>): readonly Problem[] {
  const read = new Set(listSelectors(shapeOf(rule.expression)).flatMap(({ name }) => name ?? []));
  return [...read]
    .filter((name) => name.startsWith(ownSeries) && !records.has(name))
    .map((name) =>
      reportProblem(rule.manifest, 'PROMQL_RECORD_UNKNOWN', {
        path: `${rule.path}.expr`,
        message: `${nameOf(rule)} reads ${name}, which no rule of this object records.`,
      }),
    );
}

function checkNamespace(rule: ReadRule): readonly Problem[] {
  if (rule.alert === undefined) return [];
  const expected = rule.manifest.object.metadata.namespace ?? '';
  const given = rule.labels[alertLabels.namespace];
  if (given === expected || (given === undefined && keepsLabel(rule.expression, alertLabels.namespace)))
    return [];
  const found = given === undefined ? 'has lost the label namespace' : `has the namespace "${given}"`;
  return [
    reportProblem(rule.manifest, 'ALERT_NAMESPACE', {
      path: rule.path,
      message: `${nameOf(rule)} ${found}, but its routes take only namespace="${expected}".`,
      hint: `Set the label namespace: ${expected}, or aggregate by it.`,
    }),
  ];
}

function checkDurations(rule: ReadRule): readonly Problem[] {
  return Object.entries(rule.durations)
    .filter(([, text]) => parseDuration(text) === undefined)
    .map(([key, text]) =>
      reportProblem(rule.manifest, 'RULE_DURATION', {
        path: `${rule.path}.${key}`,
        message: `${nameOf(rule)}: "${text}" is not a duration.`,
        hint: 'Write it like 1h30m.',
      }),
    );
}

function nameOf({ alert, record }: ReadRule): string {
  return alert === undefined ? `recording rule ${record ?? ''}` : `alert ${alert}`;
}

function excerpt(expression: string, from: number, to: number): string {
  return expression.slice(Math.max(0, from - 20), Math.max(to, from + 20)).trim();
}
