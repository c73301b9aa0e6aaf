import { memoize } from '../memoize.js';
import { readShape } from './shape.js';
import { findNodes, parsePromql } from './tree.js';
import type { PromqlNode } from './tree.js';

/** One choice of series in an expression: `up{job="a"}`. */
export interface SeriesSelector {
  /** Metric name; undefined when only labels choose. */
  readonly name: string | undefined;
  /** Without the name's own matcher. */
  readonly matchers: readonly LabelMatcher[];
  /** Where in the expression, starting at 0. */
  readonly from: number;
  readonly to: number;
}

export interface Comparison {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

export interface LabelMatcher extends Comparison {
  readonly from: number;
  readonly to: number;
}

/** All selectors of an expression, in the order of the text. */
export const listSelectors: (expression: string) => readonly SeriesSelector[] = memoize((expression) =>
  findNodes(parsePromql(expression), ({ name }) => name === 'VectorSelector').map((node) =>
    readSelector(node, expression),
  ),
);

/** What the labels of all selectors are compared with; quicker than the selectors, because only the shape is read. */
export function listMatchers(expression: string): readonly Comparison[] {
  const { text, compared } = readShape(expression);
  const ofShape = listSelectors(text).flatMap(({ matchers }) => matchers);
  const replaced = ofShape.filter(({ to }) => compared.has(to));
  // Where the grammar does not see a matcher, a text was replaced that is something else.
  if (replaced.length < compared.size) return listSelectors(expression).flatMap(({ matchers }) => matchers);
  return ofShape.map(({ label, operator, value, to }) => ({
    label,
    operator,
    value: compared.get(to) ?? value,
  }));
}

function readSelector(node: PromqlNode, expression: string): SeriesSelector {
  const text = ({ from, to }: PromqlNode) => expression.slice(from, to);
  const list = node.getChild('LabelMatchers');
  const matchers = ['UnquotedLabelMatcher', 'QuotedLabelMatcher']
    .flatMap((kind) => list?.getChildren(kind) ?? [])
    .flatMap((matcher) => readMatcher(matcher, text));
  const identifier = node.getChild('Identifier');
  const quoted = list?.getChild('QuotedLabelName');
  const named = matchers.find(({ label, operator }) => label === '__name__' && operator === '=');
  const name = identifier ? text(identifier) : quoted ? unquote(text(quoted)) : named?.value;
  return { name, matchers: matchers.filter((matcher) => matcher !== named), from: node.from, to: node.to };
}

function readMatcher(node: PromqlNode, text: (node: PromqlNode) => string): readonly LabelMatcher[] {
  const label = node.firstChild;
  const operator = node.getChild('MatchOp');
  const value = node.getChild('StringLiteral');
  if (label === null || operator === null || value === null) return [];
  const spelled = text(operator);
  if (!isOperator(spelled)) return [];
  const name = label.name === 'LabelName' ? text(label) : unquote(text(label));
  return [{ label: name, operator: spelled, value: unquote(text(value)), from: node.from, to: node.to }];
}

function isOperator(text: string): text is LabelMatcher['operator'] {
  return ['=', '!=', '=~', '!~'].includes(text);
}

const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The text of a Go string literal, in any of its three quotes. */
function unquote(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith('`')) return inner;
  return inner.replaceAll(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([0-7]{3})|(.))/gi,
    (_, two?: string, four?: string, eight?: string, octal?: string, single?: string) => {
      const digits = two ?? four ?? eight;
      if (digits !== undefined) return codePoint(parseInt(digits, 16));
      if (octal !== undefined) return codePoint(parseInt(octal, 8));
      return single === undefined ? '' : (simpleEscapes[single] ?? single);
    },
  );
}

/** What is no character becomes the replacement character, as in Go. */
function codePoint(value: number): string {
  return value > 0x10ffff ? '\ufffd' : String.fromCodePoint(value);
}
