import { marshalJson } from '../../config/values/cel/values.js';

/** What a JSONPath of a binding finds, written as Triggers puts it into a template; or why it finds nothing. */
export type PathResult = { readonly text: string } | { readonly fault: string };

/**
 * Evaluates `body.alerts[0].labels['a.b']` as Triggers does with Kubernetes' JSONPath: names, quoted names,
 * indexes and `[*]`. Slices, filters and `..` are reported as not rehearsed.
 */
export function evaluateJsonPath(input: unknown, expression: string): PathResult {
  const inner = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(expression);
  if (inner === null) return { fault: `unexpected path "${expression}"` };
  const steps = readSteps(inner[1] ?? inner[2] ?? '');
  if (typeof steps === 'string') return { fault: steps };
  let found: readonly unknown[] = [input];
  for (const step of steps) {
    const next = found.flatMap((value) => follow(value, step));
    const fault = next.find((result) => 'fault' in result);
    if (fault !== undefined) return fault;
    found = next.flatMap((result) => ('value' in result ? [result.value] : []));
  }
  return { text: formatFound(found) };
}

/** The text without its quotes, anything else as JSON; several values as a list. */
function formatFound(found: readonly unknown[]): string {
  const [only] = found;
  if (found.length !== 1) return marshalJson(found);
  const json = marshalJson(only);
  return typeof only === 'string' ? json.slice(1, -1) : json;
}

type Step = { readonly name: string } | { readonly index: number } | { readonly all: true };

function readSteps(path: string): readonly Step[] | string {
  const steps: Step[] = [];
  let rest = path;
  while (rest !== '') {
    const match =
      /^\.?((?:[^.[\]\\]|\\.)+)|^\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(-?\d+)|(\*))\]/.exec(rest);
    if (match === null) return `"${path}" is a kind of JSONPath that is not rehearsed`;
    const [whole, plain, single, double, index] = match;
    const name = plain ?? single ?? double;
    if (plain === '*' || (name === undefined && index === undefined)) steps.push({ all: true });
    else if (name === undefined) steps.push({ index: Number(index) });
    else steps.push({ name: name.replace(/\\(.)/g, '$1') });
    rest = rest.slice(whole.length);
  }
  return steps;
}

type Found = { readonly value: unknown } | { readonly fault: string };

function follow(value: unknown, step: Step): readonly Found[] {
  if ('all' in step) return allOf(value).map((inner) => ({ value: inner }));
  if ('index' in step) {
    if (!Array.isArray(value)) return [{ fault: 'the value is no list' }];
    const index = step.index < 0 ? step.index + value.length : step.index;
    if (index < 0 || index >= value.length)
      return [{ fault: `array index out of bounds: index ${step.index}` }];
    return [{ value: value[index] as unknown }];
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject || !Object.hasOwn(value, step.name)) return [{ fault: `${step.name} is not found` }];
  return [{ value: (value as Record<string, unknown>)[step.name] }];
}

function allOf(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}
