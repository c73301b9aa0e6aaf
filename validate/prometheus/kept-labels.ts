import { shapeOf } from '../../config/values/promql/shape.js';
import { parsePromql, rootExpression } from '../../config/values/promql/tree.js';
import type { PromqlNode, PromqlTree } from '../../config/values/promql/tree.js';

/**
 * Can the result of an expression carry a label? True means that no step of it drops the label; the series
 * themselves are not known.
 */
export function keepsLabel(expression: string, label: string): boolean {
  const shape = shapeOf(expression);
  const tree = parsePromql(shape);
  const answers = known.get(tree) ?? new Map<string, boolean>();
  const answer = answers.get(label) ?? keeps(rootExpression(tree), { expression: shape, label });
  known.set(tree, answers.set(label, answer));
  return answer;
}

/** Answers by tree and label: thousands of rules have the same few shapes. */
const known = new WeakMap<PromqlTree, Map<string, boolean>>();

interface Question {
  readonly expression: string;
  readonly label: string;
}

function keeps(node: PromqlNode | null, question: Question): boolean {
  if (node === null) return false;
  switch (node.name) {
    case 'VectorSelector':
      return true;
    case 'AggregateExpr':
      return aggregationKeeps(node, question);
    case 'BinaryExpr':
      return operationKeeps(node, question);
    case 'FunctionCall':
      return callKeeps(node, question);
    case 'ParenExpr':
    case 'UnaryExpr':
    case 'MatrixSelector':
    case 'SubqueryExpr':
    case 'OffsetExpr':
    case 'StepInvariantExpr':
      return keeps(node.getChild('Expr'), question);
    default:
      return false;
  }
}

function aggregationKeeps(node: PromqlNode, question: Question): boolean {
  const modifier = node.getChild('AggregateModifier');
  const named = groupingLabels(modifier, question).includes(question.label);
  const operand = argumentsOf(node).at(-1) ?? null;
  // topk and its like choose series and drop no label.
  if (/^(?:topk|bottomk|limitk)\b/i.test(question.expression.slice(node.from, node.to))) {
    return keeps(operand, question);
  }
  if (modifier === null) return false;
  return (modifier.getChild('Without') === null ? named : !named) && keeps(operand, question);
}

function operationKeeps(node: PromqlNode, question: Question): boolean {
  const [left = null, right = null] = node.getChildren('Expr');
  if (node.getChild('Or') !== null) return keeps(left, question) && keeps(right, question);
  if (node.getChild('And') !== null || node.getChild('Unless') !== null) return keeps(left, question);
  if (isNumber(left, question)) return keeps(right, question);
  if (isNumber(right, question)) return keeps(left, question);
  const matching = node.getChild('MatchingModifierClause');
  const named = groupingLabels(matching, question).includes(question.label);
  if (matching?.getChild('GroupRight')) return keeps(right, question);
  if (matching?.getChild('GroupLeft')) return keeps(left, question);
  if (matching?.getChild('On') && !named) return false;
  if (matching?.getChild('Ignoring') && named) return false;
  return keeps(left, question) && keeps(right, question);
}

function callKeeps(node: PromqlNode, question: Question): boolean {
  const name = node.firstChild === null ? '' : textOf(node.firstChild, question);
  const given = argumentsOf(node);
  // absent() takes the labels of its result from the equality matchers of a plain selector.
  if (name === 'absent' || name === 'absent_over_time') {
    const selector = given[0];
    const matcher = new RegExp(`[{,]\\s*${question.label}\\s*=\\s*["'\`]`);
    return (
      (selector?.name === 'VectorSelector' || selector?.name === 'MatrixSelector') &&
      matcher.test(textOf(selector, question))
    );
  }
  if (name === 'scalar' || name === 'vector') return false;
  if (name === 'label_replace' || name === 'label_join') return keeps(given[0] ?? null, question);
  return given.some((argument) => keeps(argument, question));
}

function argumentsOf(node: PromqlNode): readonly PromqlNode[] {
  return node.getChild('FunctionCallBody')?.getChildren('Expr') ?? [];
}

function groupingLabels(clause: PromqlNode | null, question: Question): readonly string[] {
  const labels = clause?.getChild('GroupingLabels');
  return labels?.getChildren('LabelName').map((label) => textOf(label, question)) ?? [];
}

/** A number has no labels and takes none away. */
function isNumber(node: PromqlNode | null, question: Question): boolean {
  if (node === null) return false;
  if (node.name === 'NumberDurationLiteral') return true;
  if (node.name === 'ParenExpr' || node.name === 'UnaryExpr')
    return isNumber(node.getChild('Expr'), question);
  if (node.name === 'BinaryExpr') return node.getChildren('Expr').every((side) => isNumber(side, question));
  return node.name === 'FunctionCall' && /^(?:time|scalar|pi)\s*\(/.test(textOf(node, question));
}

function textOf(node: PromqlNode, { expression }: Question): string {
  return expression.slice(node.from, node.to);
}
