import type { ASTNode } from '@marcbachmann/cel-js';
import { replacedNames } from './string-functions.js';

type MethodCall = ASTNode & { op: 'rcall' };

/** Methods the library has besides those of cel-go with the extensions of Tekton Triggers. */
const foreignMethods = new Set([
  'json',
  'hex',
  'string',
  'base64',
  'at',
  'bind',
  ...Object.values(replacedNames),
]);

/** Method calls that work here but not in Tekton Triggers. */
export function findForeignCalls(root: ASTNode): readonly MethodCall[] {
  return methodCalls(root).filter((call) => foreignMethods.has(call.args[0]));
}

/** Leads calls to our version of a function the library has too, in place. */
export function renameReplacedCalls(root: ASTNode): void {
  for (const call of methodCalls(root)) {
    const replacement = replacedNames[call.args[0]];
    if (replacement !== undefined) call.args[0] = replacement;
  }
}

function methodCalls(node: ASTNode): readonly MethodCall[] {
  const inner = childrenOf(node.args).flatMap(methodCalls);
  return node.op === 'rcall' ? [node, ...inner] : inner;
}

function childrenOf(value: unknown): readonly ASTNode[] {
  if (Array.isArray(value)) return value.flatMap(childrenOf);
  return isNode(value) ? [value] : [];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}
