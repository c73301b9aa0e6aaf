import { Environment } from '@marcbachmann/cel-js';
import type { ASTNode, ParseError, ParseResult, TypeError } from '@marcbachmann/cel-js';
import { findForeignCalls, renameReplacedCalls } from './cel/calls.js';
import type { Headers } from './cel/headers.js';
import { registerLibraryFunctions } from './cel/library-functions.js';
import { shapeOfCel } from './cel/shape.js';
import { registerStringFunctions } from './cel/string-functions.js';
import { registerTriggerFunctions } from './cel/trigger-functions.js';
import { toCelValue, toJsonValue } from './cel/values.js';
import type { CelValue } from './cel/values.js';
import { memoize } from './memoize.js';

/** What keeps an expression from being used. */
export interface CelFault {
  /** What is wrong, in one sentence without position. */
  readonly message: string;
  /** Where in the expression, starting at 0. */
  readonly offset: number;
}

/** What an expression is for: a filter must be a condition, an overlay may have any value. */
export type CelPurpose = 'filter' | 'overlay';

/** What Tekton Triggers' core CEL interceptor hands to an expression. */
export interface TriggerEvent {
  /** Parsed JSON. */
  readonly body: unknown;
  /** The bytes of the body as text, which signatures are about. */
  readonly bodyText: string;
  readonly headers: Headers;
  /** Parsed JSON: what interceptors before this one have added. */
  readonly extensions: Readonly<Record<string, unknown>>;
  /** Path and query as the listener saw them. */
  readonly requestUrl: string;
}

/** Content of a Secret of the Trigger's namespace; undefined: there is no such Secret or key. */
export type SecretReader = (name: string, key: string) => string | undefined;

/** The value as JSON, or why there is none, which stops the Trigger. */
export type CelResult = { readonly value: unknown } | { readonly fault: string };

/**
 * Parses and type-checks an expression as Tekton Triggers 0.37 would; no fault: it can be evaluated. The one function
 * of Triggers that is refused here is `sortBy`, whose variable this library cannot declare.
 */
export function checkTriggerCel(expression: string, purpose: CelPurpose = 'overlay'): readonly CelFault[] {
  const faults = faultsOf(expression);
  if (faults.length > 0) return faults;
  const parsed = parseExpression(shapeOfCel(expression));
  if ('faults' in parsed) return parsed.faults;
  if (purpose === 'filter' && !['bool', 'dyn'].includes(parsed.type)) {
    return [{ message: `a filter must be true or false, this is of type ${parsed.type}`, offset: 0 }];
  }
  return [];
}

/** Evaluates expressions as the interceptor does. */
export interface TriggerCel {
  /** Why an expression cannot be evaluated at all; empty: it can. */
  check(expression: string): readonly CelFault[];
  /** A key that is missing is a fault, not false. */
  evaluate(expression: string, event: TriggerEvent): CelResult;
}

export function createTriggerCel(readSecret: SecretReader): TriggerCel {
  const bodies = new WeakMap<object, CelValue>();
  const convertBody = (body: unknown): CelValue => {
    if (typeof body !== 'object' || body === null) return toCelValue(body ?? {});
    const converted = bodies.get(body) ?? toCelValue(body);
    bodies.set(body, converted);
    return converted;
  };
  return {
    check: faultsOf,
    evaluate(expression, event) {
      const parsed = parseExpression(expression);
      if ('faults' in parsed) return { fault: parsed.faults.map((fault) => fault.message).join('; ') };
      try {
        const variables = {
          body: convertBody(event.body),
          header: toCelValue(Object.fromEntries(event.headers)),
          extensions: toCelValue(event.extensions),
          requestURL: event.requestUrl,
        };
        return { value: toJsonValue(withSecrets(readSecret, () => parsed.evaluate(variables))) };
      } catch (error) {
        return { fault: summaryOf(error) };
      }
    },
  };
}

type Parsed =
  | { readonly faults: readonly CelFault[] }
  | { readonly type: string; readonly evaluate: (variables: Record<string, unknown>) => unknown };

/** Parsed once for whoever evaluates it more than once, because that takes a hundred times as long as evaluating. */
const parseExpression: (expression: string) => Parsed = memoize(parse, 500);

function faultsOf(expression: string): readonly CelFault[] {
  const shape = parseExpression(shapeOfCel(expression));
  if (!('faults' in shape)) return [];
  // Faults name places of the expression itself.
  const parsed = parseExpression(expression);
  return 'faults' in parsed ? parsed.faults : [];
}

function parse(expression: string): Parsed {
  let result: ParseResult;
  try {
    result = triggerEnvironment().parse(expression);
  } catch (error) {
    return { faults: [toFault(error)] };
  }
  const foreign = findForeignCalls(result.ast);
  if (foreign.length > 0) return { faults: foreign.map(toForeignFault) };
  renameReplacedCalls(result.ast);
  const check = result.check();
  if (!check.valid) return { faults: [toFault(check.error)] };
  return { type: check.type ?? 'dyn', evaluate: (variables) => result(variables) as unknown };
}

function toForeignFault(node: ASTNode & { op: 'rcall' }): CelFault {
  return { message: `Tekton Triggers has no function ${node.args[0]}`, offset: node.start };
}

function toFault(error: unknown): CelFault {
  return { message: summaryOf(error), offset: isCelError(error) ? (error.range?.start ?? 0) : 0 };
}

function summaryOf(error: unknown): string {
  if (isCelError(error)) return error.summary;
  return error instanceof Error ? error.message : String(error);
}

function isCelError(error: unknown): error is ParseError | TypeError {
  return error instanceof Error && 'summary' in error && typeof error.summary === 'string';
}

let environment: Environment | undefined;

/** Made once, because it takes milliseconds. */
function triggerEnvironment(): Environment {
  if (environment !== undefined) return environment;
  environment = new Environment({ homogeneousAggregateLiterals: false });
  environment
    .registerVariable('body', 'map<string, dyn>')
    .registerVariable('header', 'map<string, dyn>')
    .registerVariable('extensions', 'map<string, dyn>')
    .registerVariable('requestURL', 'string')
    // Triggers takes a third argument, a namespace, and ignores it: the Trigger's own is read.
    .registerFunction('string.compareSecret(string, string): bool', compareSecret, { async: false })
    .registerFunction('string.compareSecret(string, string, string): bool', compareSecret, { async: false });
  registerTriggerFunctions(environment);
  registerStringFunctions(environment);
  registerLibraryFunctions(environment);
  return environment;
}

const noSecrets: SecretReader = () => undefined;

/** Whose Secrets the evaluation at hand reads; parsed expressions are shared, so they cannot hold it. */
let currentSecrets = noSecrets;

function withSecrets<T>(readSecret: SecretReader, evaluate: () => T): T {
  currentSecrets = readSecret;
  try {
    return evaluate();
  } finally {
    currentSecrets = noSecrets;
  }
}

function compareSecret(text: string, key: string, name: string): boolean {
  const secret = currentSecrets(name, key);
  if (secret === undefined)
    throw new Error(`failed to find secret '${name}' with key '${key}' in compareSecret`);
  return secret === text;
}
