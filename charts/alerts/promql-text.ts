/** Pieces of PromQL as text: what people read in the rules is written here, line by line. */

/** A matcher's value: equal to a text, or one of several. */
export type MatcherValue = string | readonly string[];

/** `name{a="b",c=~"d|e"}`; an empty list of values matches nothing and is refused. */
export function selectSeries(name: string, matchers: Readonly<Record<string, MatcherValue>>): string {
  const inner = Object.entries(matchers).map(([label, value]) => formatMatcher(label, value));
  return `${name}{${inner.join(',')}}`;
}

function formatMatcher(label: string, value: MatcherValue): string {
  if (typeof value === 'string') return `${label}=${quoteText(value)}`;
  if (value.length === 0) throw new Error(`no value to match label ${label} with`);
  if (value.length === 1) return `${label}=${quoteText(value[0] ?? '')}`;
  return `${label}=~${quoteText(value.map(escapeRegularExpression).join('|'))}`;
}

/** A PromQL string literal; JSON's escapes are a part of Go's, which PromQL reads. */
export function quoteText(text: string): string {
  return JSON.stringify(text);
}

/** A number as PromQL reads it: JavaScript's own spelling is legal, apart from the infinities. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) throw new Error('NaN is no bound');
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}

/** Puts an operand on lines of its own between brackets: `sum(…)` that stays readable. */
export function callOver(call: string, operand: string): string {
  return `${call} (\n${indent(operand)}\n)`;
}

export function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

function escapeRegularExpression(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}
