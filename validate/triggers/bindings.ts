import type { TriggerEvent } from '../../config/values/cel.js';
import { canonicalHeaderName } from '../../config/values/cel/headers.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { listAt, textAt } from '../fields.js';
import { evaluateJsonPath } from './json-path.js';
import type { RunnableTrigger } from './listeners.js';

/** A value a Trigger takes from the event. */
export interface BoundParam {
  readonly name: string;
  readonly value: string;
}

/** A reference to a TriggerBinding that is not there. */
export interface MissingBinding {
  readonly missing: string;
}

/** Inline bindings, and those of the TriggerBindings a Trigger names. */
export function readBindings(
  cluster: Cluster,
  trigger: RunnableTrigger,
): readonly (BoundParam | MissingBinding)[] {
  return listAt(trigger.spec, 'bindings').flatMap<BoundParam | MissingBinding>((written) => {
    const reference = textAt(written, 'ref');
    if (reference === undefined || reference === '') return [readParam(written)];
    const isClusterWide = textAt(written, 'kind') === 'ClusterTriggerBinding';
    const binding = isClusterWide
      ? cluster.find(kinds.clusterTriggerBinding, undefined, reference)
      : cluster.find(kinds.triggerBinding, trigger.namespace, reference);
    if (binding === undefined) return [{ missing: reference }];
    return listAt(binding.object, 'spec', 'params').map(readParam);
  });
}

/** A param of a TriggerTemplate. */
export interface TemplateParam {
  readonly name: string;
  readonly default: string | undefined;
}

/** Values by name, defaults included; or why the Trigger stops. */
export type BoundValues = { readonly values: ReadonlyMap<string, string> } | { readonly fault: string };

/** Replaces `$(body.x)`, `$(header.X)`, `$(extensions.x)` and `$(context.eventID)` in the bound values. */
export function bindValues(
  bindings: readonly BoundParam[],
  params: readonly TemplateParam[],
  input: TriggerEvent,
  eventId: string,
): BoundValues {
  const values = new Map<string, string>();
  for (const param of params) if (param.default !== undefined) values.set(param.name, param.default);
  const event = {
    body: input.body,
    header: Object.fromEntries([...input.headers].map(([name, all]) => [name, all.join(',')])),
    extensions: input.extensions,
    context: { eventID: eventId },
  };
  for (const { name, value } of bindings) {
    let text = value;
    for (const { original, path } of findExpressions(value)) {
      const result = evaluateJsonPath(event, path);
      const found = 'text' in result ? result.text : values.get(name);
      if (found === undefined) {
        return { fault: `binding ${name}: ${value}: ${'fault' in result ? result.fault : ''}` };
      }
      text = text.replaceAll(original, () => found);
    }
    values.set(name, text);
  }
  return { values };
}

/** A `$(…)` of a bound value. */
export interface BindingExpression {
  readonly original: string;
  /** Without `$(` and `)`, a header's name in Go's spelling. */
  readonly path: string;
}

/** Finds `$(…)` with balanced parentheses, as Triggers does. */
export function findExpressions(value: string): readonly BindingExpression[] {
  return value
    .split('$(')
    .slice(1)
    .flatMap((rest) => {
      const end = closingParenthesis(rest);
      if (end < 0) return [];
      const path = rest.slice(0, end);
      const header = /^header\.(.*)$/s.exec(path)?.[1];
      return [
        {
          original: `$(${path})`,
          path: header === undefined ? path : `header.${canonicalHeaderName(header)}`,
        },
      ];
    });
}

function closingParenthesis(text: string): number {
  let open = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '(') open++;
    if (text[index] === ')' && --open < 0) return index;
  }
  return -1;
}

function readParam(written: unknown): BoundParam {
  return { name: textAt(written, 'name') ?? '', value: textAt(written, 'value') ?? '' };
}
