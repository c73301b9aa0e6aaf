import { parser } from '@prometheus-io/lezer-promql';
import { memoize } from '../memoize.js';

/** A PromQL expression as its grammar sees it. */
export type PromqlTree = ReturnType<typeof parser.parse>;
export type PromqlNode = PromqlTree['topNode'];

export const parsePromql: (expression: string) => PromqlTree = memoize((expression) =>
  parser.parse(expression),
);

/** The outermost expression; null where there is none. */
export function rootExpression(tree: PromqlTree): PromqlNode | null {
  return tree.topNode.firstChild;
}

/** Every node of a kind, in the order of the text. */
export function findNodes(tree: PromqlTree, kind: (node: PromqlNode) => boolean): readonly PromqlNode[] {
  const found: PromqlNode[] = [];
  tree.iterate({
    enter: ({ node }) => {
      if (kind(node)) found.push(node);
    },
  });
  return found;
}

/** Does the expression hold something the grammar does not know? */
export function isError(node: PromqlNode): boolean {
  return node.type.isError;
}
