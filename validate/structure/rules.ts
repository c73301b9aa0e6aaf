import { Environment } from '@marcbachmann/cel-js';
import type { Context } from './context.js';
import type { Rule, Schema } from './schema.js';

/**
 * The rules of a definition, as the API server applies them to a new object. A rule whose evaluation fails
 * counts as broken, as there; one our CEL library cannot read never gets into the schemas.
 */
export function checkRules(value: unknown, schema: Schema, path: string, context: Context): void {
  for (const { rule, message } of schema['x-kubernetes-validations'] ?? []) {
    const failure = findFailure(rule, value);
    if (failure === undefined) continue;
    context.report('STRUCTURE_BROKEN_RULE', {
      path,
      message: message ?? `The rule ${rule} is broken${failure}.`,
    });
  }
}

type Evaluate = (variables: { self: unknown }) => unknown;

let environment: Environment | undefined;
const compiled = new Map<Rule['rule'], Evaluate>();

function findFailure(rule: string, self: unknown): string | undefined {
  environment ??= new Environment({ unlistedVariablesAreDyn: true });
  const evaluate: Evaluate = compiled.get(rule) ?? environment.parse(rule);
  compiled.set(rule, evaluate);
  try {
    return evaluate({ self: toCel(self) }) === true ? undefined : '';
  } catch (error) {
    return `: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Whole numbers are `int` in CEL, which the library holds as bigint. */
function toCel(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(toCel);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toCel(inner)]));
}
