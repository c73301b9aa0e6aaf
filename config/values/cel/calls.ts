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

function methodCalls(root: ASTNode): readonly MethodCall[] {
  const calls: MethodCall[] = [];
  collectCalls(root, calls);
  return calls;
}

/** Arguments are nodes, lists of them, and plain values. */
function collectCalls(value: unknown, calls: MethodCall[]): void {
  if (Array.isArray(value)) for (const item of value) collectCalls(item, calls);
  if (!isNode(value)) return;
  if (value.op === 'rcall') calls.push(value);
  collectCalls(value.args, calls);
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}
