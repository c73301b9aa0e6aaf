import { checkPromql } from '../config/values/promql.js';
import type { ProblemCode } from '../problems/codes.js';
import type { Problem } from '../problems/problem.js';
import type { Manifest } from '../synth/manifest.js';
import { keepsLabel } from './prometheus/kept-labels.js';
import { readRules } from './prometheus/rules.js';
import type { ReadRule } from './prometheus/rules.js';
import {
  declaredVariables,
  goTemplateWords,
  isTemplateFault,
  readTemplate,
} from '../config/values/go-template.js';
import type { TemplateAction, TemplateToken } from '../config/values/go-template.js';
import { reportProblem } from './report.js';

/** Templates in labels and annotations of alerts can be expanded by Prometheus, and no label holds a value. */
export function validateTemplates(manifests: readonly Manifest[]): readonly Problem[] {
  return readRules(manifests)
    .filter(({ alert }) => alert !== undefined)
    .flatMap((rule) => [
      ...Object.entries(rule.annotations).flatMap(([key, text]) =>
        checkTemplate(rule, 'annotations', key, text),
      ),
      ...Object.entries(rule.labels).flatMap(([key, text]) => checkTemplate(rule, 'labels', key, text)),
    ]);
}

function checkTemplate(
  rule: ReadRule,
  field: 'annotations' | 'labels',
  key: string,
  template: string,
): readonly Problem[] {
  const report = (code: ProblemCode, message: string) =>
    reportProblem(rule.manifest, code, {
      path: `${rule.path}.${field}.${key}`,
      message: `alert ${rule.alert ?? ''}, ${key}: ${message}.`,
    });
  const actions = readTemplate(template);
  if (isTemplateFault(actions)) return [report('TEMPLATE_SYNTAX', actions.message)];
  return [
    ...findUnknownNames(actions, rule).map((message) => report('TEMPLATE_NAME', message)),
    ...findQueries(actions).flatMap((query) =>
      checkPromql(query).map(({ message }) => report('TEMPLATE_QUERY', `${message} in \`${query}\``)),
    ),
    ...(field === 'labels' && actions.some(holdsValue)
      ? [report('TEMPLATE_LABEL_VALUE', 'the value would make every evaluation a new alert')]
      : []),
  ];
}

/** Go's own and those of Prometheus. */
const words = new Set([
  ...goTemplateWords,
  ...['query', 'first', 'label', 'value', 'strvalue', 'sortByLabel', 'args', 'tmpl', 'safeHtml'],
  ...['humanize', 'humanize1024', 'humanizeDuration', 'humanizePercentage', 'humanizeTimestamp', 'toTime'],
  ...['title', 'toUpper', 'toLower', 'match', 'reReplaceAll', 'stripPort', 'stripDomain', 'parseDuration'],
  ...['graphLink', 'tableLink', 'externalURL', 'pathPrefix'],
]);
const variables = ['$', '$labels', '$value', '$externalLabels', '$externalURL'];

function findUnknownNames(actions: readonly TemplateAction[], rule: ReadRule): readonly string[] {
  const known = new Set([...variables, ...declaredVariables(actions)]);
  return actions.flatMap(({ tokens }) =>
    tokens.flatMap((token, index) => {
      if (token.kind === 'word' && !words.has(token.text))
        return [`Prometheus has no function "${token.text}"`];
      if (token.kind !== 'variable') return [];
      if (!known.has(token.text)) return [`there is no variable "${token.text}"`];
      return token.text === '$labels' ? findUnknownLabel(tokens[index + 1], rule) : [];
    }),
  );
}

function findUnknownLabel(token: TemplateToken | undefined, rule: ReadRule): readonly string[] {
  if (token?.kind !== 'field') return [];
  const label = token.text.slice(1);
  // Prometheus expands templates with the labels of the expression's result, before the rule adds its own.
  return keepsLabel(rule.expression, label) ? [] : [`the alert's expression keeps no label "${label}"`];
}

function findQueries(actions: readonly TemplateAction[]): readonly string[] {
  return actions.flatMap(({ tokens }) =>
    tokens.flatMap((token, index) => {
      const argument = tokens[index + 1];
      return token.kind === 'word' && token.text === 'query' && argument?.kind === 'text'
        ? [argument.text]
        : [];
    }),
  );
}

function holdsValue({ tokens }: TemplateAction): boolean {
  return tokens.some(
    ({ kind, text }) =>
      (kind === 'variable' && text === '$value') ||
      (kind === 'field' && text === '.Value') ||
      (kind === 'word' && (text === 'value' || text === 'strvalue')),
  );
}
