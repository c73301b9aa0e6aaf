// Deep path: the package's index also loads an editor's completion and its HTTP client.
import { Parser } from '@prometheus-io/codemirror-promql/dist/cjs/parser/parser.js';
import { getType } from '@prometheus-io/codemirror-promql/dist/cjs/parser/type.js';
import { experimentalCalls } from './promql/experimental.js';
import { listSelectors } from './promql/selectors.js';
import type { LabelMatcher, SeriesSelector } from './promql/selectors.js';
import { shapeOf } from './promql/shape.js';
import { findNodes, isError, parsePromql, rootExpression } from './promql/tree.js';
import type { PromqlNode, PromqlTree } from './promql/tree.js';
import { memoize } from './memoize.js';
import { compileRegularExpression } from './re2.js';

export { listMatchers, listSelectors } from './promql/selectors.js';
export { shapeOf } from './promql/shape.js';
export type { LabelMatcher, SeriesSelector } from './promql/selectors.js';

/** What keeps an expression from being used. */
export interface PromqlFault {
  /** What is wrong, in one sentence without position. */
  readonly message: string;
  /** Where in the expression, starting at 0. */
  readonly from: number;
  readonly to: number;
}

/** `vector` is what rules need; `none` is an expression that cannot be read. */
export type PromqlType = 'none' | 'vector' | 'scalar' | 'matrix' | 'string';

/**
 * Checks syntax, types and regular expressions as Prometheus does when it loads a rule. Types are looked at only
 * when the syntax is right, because a tree with holes gives misleading answers.
 */
export function checkPromql(expression: string): readonly PromqlFault[] {
  const faults = checkOnce(shapeOf(expression));
  // Faults name places of the expression itself.
  return faults.length === 0 ? faults : checkOnce(expression);
}

const checkOnce: (expression: string) => readonly PromqlFault[] = memoize((expression) => {
  if (expression.trim() === '') return [{ message: 'the expression is empty', from: 0, to: 0 }];
  const tree = parsePromql(expression);
  const faults = findSyntaxFaults(tree, expression);
  if (faults.length > 0) return faults;
  return [
    ...findTypeFaults(tree, expression),
    ...experimentalCalls(tree, expression),
    ...listSelectors(expression).flatMap(checkSelector),
  ].sort((a, b) => a.from - b.from);
});

/** What an expression without faults evaluates to. */
export function typeOfPromql(expression: string): PromqlType {
  return typeOfShape(shapeOf(expression));
}

const typeOfShape: (shape: string) => PromqlType = memoize((shape) => {
  const root = rootExpression(parsePromql(shape));
  // The two packages see the declarations of one grammar library as an ES module and as a CommonJS module.
  return getType(root as unknown as Parameters<typeof getType>[0]);
});

function findSyntaxFaults(tree: PromqlTree, expression: string): readonly PromqlFault[] {
  const unknown = findNodes(
    tree,
    (node) =>
      node.name === 'Identifier' &&
      node.parent?.name === 'VectorSelector' &&
      /^\s*\(/.test(expression.slice(node.to)),
  );
  if (unknown.length > 0) {
    return unknown.map(({ from, to }) => ({
      message: `there is no function "${expression.slice(from, to)}"`,
      from,
      to,
    }));
  }
  // One place may hold several errors; the first one is what a person sees.
  const [first] = findNodes(tree, isError);
  if (first === undefined) return rootExpression(tree) === null ? [endsTooEarly(expression)] : [];
  return [describeError(first, expression)];
}

function describeError(node: PromqlNode, expression: string): PromqlFault {
  const rest = expression.slice(node.from).trim();
  if (rest === '') return endsTooEarly(expression);
  const word = /^(?:[\w:]+|[^\s\w]+)/.exec(rest)?.[0] ?? rest;
  const from = expression.indexOf(word, node.from);
  return { message: `unexpected "${word}"`, from, to: from + word.length };
}

function endsTooEarly(expression: string): PromqlFault {
  return { message: 'the expression ends too early', from: expression.length, to: expression.length };
}

function findTypeFaults(tree: PromqlTree, expression: string): readonly PromqlFault[] {
  const source = {
    field: () => ({ tree }),
    sliceDoc: (from: number, to: number) => expression.slice(from, to),
  };
  // The checker takes an editor's state; all it asks of it is the tree and pieces of the text.
  const checker = new Parser(source as unknown as ConstructorParameters<typeof Parser>[0]);
  checker.analyze();
  return checker
    .getDiagnostics()
    .filter(({ severity }) => severity === 'error')
    .map(({ message, from, to }) => ({ message, from, to }));
}

function checkSelector({ name, matchers, from, to }: SeriesSelector): readonly PromqlFault[] {
  const faults = matchers.flatMap(checkMatcher);
  if (faults.length > 0 || name !== undefined) return faults;
  return matchers.every(matchesEmpty)
    ? [{ message: 'a selector must hold a matcher that does not match the empty text', from, to }]
    : [];
}

function checkMatcher({ operator, value, from, to }: LabelMatcher): readonly PromqlFault[] {
  if (operator === '=' || operator === '!=') return [];
  const expression = compileRegularExpression(value);
  return typeof expression === 'string'
    ? [{ message: `not a regular expression: ${expression}`, from, to }]
    : [];
}

function matchesEmpty({ operator, value }: LabelMatcher): boolean {
  if (operator === '=' || operator === '!=') return (value === '') === (operator === '=');
  const expression = compileRegularExpression(value);
  return typeof expression !== 'string' && expression.matchesWhole('') === (operator === '=~');
}
