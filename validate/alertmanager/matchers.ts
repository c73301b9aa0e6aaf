import { compileRegularExpression } from '../../config/values/re2.js';
import { fieldAt, textAt } from '../fields.js';

/** Labels of an alert; a missing label is the same as an empty one. */
export type AlertLabels = Readonly<Record<string, string>>;

/** One condition of a route. */
export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

const operators = ['=', '!=', '=~', '!~'] as const;

/** Reads a matcher of an AlertmanagerConfig, v1alpha1 and v1beta1 alike. */
export function readMatcher(value: unknown): Matcher {
  const written = textAt(value, 'matchType');
  const byDefault = fieldAt(value, 'regex') === true ? '=~' : '=';
  return {
    label: textAt(value, 'name') ?? '',
    operator: operators.find((operator) => operator === written) ?? byDefault,
    value: textAt(value, 'value') ?? '',
  };
}

/** Why Alertmanager would refuse its whole configuration because of this matcher; undefined: it would not. */
export function faultOfMatcher(matcher: Matcher): string | undefined {
  if (!isPattern(matcher)) return undefined;
  const expression = compileRegularExpression(matcher.value);
  return typeof expression === 'string' ? expression : undefined;
}

export function matches(matcher: Matcher, labels: AlertLabels): boolean {
  const value = Object.hasOwn(labels, matcher.label) ? (labels[matcher.label] ?? '') : '';
  const isMatch = isPattern(matcher) ? matchesPattern(matcher.value, value) : matcher.value === value;
  return matcher.operator.startsWith('!') ? !isMatch : isMatch;
}

export function describeMatcher(matcher: Matcher): string {
  return `${matcher.label}${matcher.operator}${JSON.stringify(matcher.value)}`;
}

function isPattern(matcher: Matcher): boolean {
  return matcher.operator.endsWith('~');
}

/** Alertmanager anchors patterns at both ends; one that cannot be compiled matches nothing. */
function matchesPattern(pattern: string, value: string): boolean {
  const expression = compileRegularExpression(pattern);
  return typeof expression !== 'string' && expression.matchesWhole(value);
}
