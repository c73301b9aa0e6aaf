import { Environment } from '@marcbachmann/cel-js';
import type { ASTNode, ParseError, ParseResult, TypeError } from '@marcbachmann/cel-js';
import { findForeignCalls, renameReplacedCalls } from './cel/calls.js';
import type { Headers } from './cel/headers.js';
import { registerLibraryFunctions } from './cel/library-functions.js';
import { registerStringFunctions } from './cel/string-functions.js';
import { registerTriggerFunctions } from './cel/trigger-functions.js';
import { toCelValue, toJsonValue } from './cel/values.js';
import type { CelValue } from './cel/values.js';

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
  const parsed = parse(checking(), expression);
  if ('faults' in parsed) return parsed.faults;
  if (purpose === 'filter' && !['bool', 'dyn'].includes(parsed.type)) {
    return [{ message: `a filter must be true or false, this is of type ${parsed.type}`, offset: 0 }];
  }
  return [];
}

/** Evaluates expressions as the interceptor does; each is parsed once, however often it is evaluated. */
export interface TriggerCel {
  /** Why an expression cannot be evaluated at all; empty: it can. */
  check(expression: string): readonly CelFault[];
  /** A key that is missing is a fault, not false. */
  evaluate(expression: string, event: TriggerEvent): CelResult;
}

export function createTriggerCel(readSecret: SecretReader): TriggerCel {
  const environment = createEnvironment(readSecret);
  const known = new Map<string, Parsed>();
  const bodies = new WeakMap<object, CelValue>();
  const convertBody = (body: unknown): CelValue => {
    if (typeof body !== 'object' || body === null) return toCelValue(body ?? {});
    const converted = bodies.get(body) ?? toCelValue(body);
    bodies.set(body, converted);
    return converted;
  };
  const parseOnce = (expression: string): Parsed => {
    const parsed = known.get(expression) ?? parse(environment, expression);
    known.set(expression, parsed);
    return parsed;
  };
  return {
    check(expression) {
      const parsed = parseOnce(expression);
      return 'faults' in parsed ? parsed.faults : [];
    },
    evaluate(expression, event) {
      const parsed = parseOnce(expression);
      if ('faults' in parsed) return { fault: parsed.faults.map((fault) => fault.message).join('; ') };
      try {
        const variables = {
          body: convertBody(event.body),
          header: toCelValue(Object.fromEntries(event.headers)),
          extensions: toCelValue(event.extensions),
          requestURL: event.requestUrl,
        };
        return { value: toJsonValue(parsed.evaluate(variables)) };
      } catch (error) {
        return { fault: summaryOf(error) };
      }
    },
  };
}

type Parsed =
  | { readonly faults: readonly CelFault[] }
  | { readonly type: string; readonly evaluate: (variables: Record<string, unknown>) => unknown };

function parse(environment: Environment, expression: string): Parsed {
  let result: ParseResult;
  try {
    result = environment.parse(expression);
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

let base: Environment | undefined;
let checkingEnvironment: Environment | undefined;

/** Made once, because it takes milliseconds. */
function baseEnvironment(): Environment {
  if (base !== undefined) return base;
  base = new Environment({ homogeneousAggregateLiterals: false });
  base
    .registerVariable('body', 'map<string, dyn>')
    .registerVariable('header', 'map<string, dyn>')
    .registerVariable('extensions', 'map<string, dyn>')
    .registerVariable('requestURL', 'string');
  registerTriggerFunctions(base);
  registerStringFunctions(base);
  registerLibraryFunctions(base);
  return base;
}

function checking(): Environment {
  checkingEnvironment ??= createEnvironment(() => undefined);
  return checkingEnvironment;
}

function createEnvironment(readSecret: SecretReader): Environment {
  const compareSecret = (text: string, key: string, name: string): boolean => {
    const secret = readSecret(name, key);
    if (secret === undefined)
      throw new Error(`failed to find secret '${name}' with key '${key}' in compareSecret`);
    return secret === text;
  };
  // Triggers takes a third argument, a namespace, and ignores it: the Trigger's own is read.
  return baseEnvironment()
    .clone()
    .registerFunction('string.compareSecret(string, string): bool', compareSecret, { async: false })
    .registerFunction('string.compareSecret(string, string, string): bool', compareSecret, { async: false });
}
