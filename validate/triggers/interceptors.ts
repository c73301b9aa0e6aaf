import type { SecretReader, TriggerCel, TriggerEvent } from '../../config/values/cel.js';
import { fieldAt, listAt, textAt } from '../fields.js';
import { demandedGroupLabels, splitConditions } from './conditions.js';
import { isForge, isForgeName, readForge, verifyForge } from './forge-interceptors.js';
import type { ForgeInterceptor } from './forge-interceptors.js';
import { isRegistry, readRegistry, verifyRegistry } from './registry-interceptor.js';
import type { RegistryInterceptor } from './registry-interceptor.js';

/** The core CEL interceptor as a Trigger names it. */
export interface CelInterceptor {
  /** Path below the Trigger's spec: `interceptors[0]`. */
  readonly path: string;
  readonly filter: string | undefined;
  /** Labels of the group that the filter compares with fixed texts. */
  readonly demands: ReadonlyMap<string, string>;
  readonly overlays: readonly Overlay[];
}

export interface Overlay {
  /** Path of the value among the extensions; a dot goes one level down. */
  readonly key: string;
  readonly expression: string;
  /** Below the Trigger's spec. */
  readonly path: string;
}

/** Somebody else's interceptor cannot be rehearsed. */
export interface OtherInterceptor {
  readonly path: string;
  readonly name: string;
}

export type Interceptor = CelInterceptor | ForgeInterceptor | RegistryInterceptor | OtherInterceptor;

export function isCel(interceptor: Interceptor): interceptor is CelInterceptor {
  return 'overlays' in interceptor;
}

export function readInterceptors(spec: unknown): readonly Interceptor[] {
  return listAt(spec, 'interceptors').map((written, index) => {
    const path = `interceptors[${index}]`;
    const name = textAt(written, 'ref', 'name') ?? 'webhook';
    const kind = textAt(written, 'ref', 'kind') ?? 'ClusterInterceptor';
    if (kind !== 'ClusterInterceptor') return readRegistry(written, name, path) ?? { path, name };
    if (name === 'cel') return readCel(written, path);
    return isForgeName(name) ? readForge(written, name, path) : { path, name };
  });
}

/** What interceptors evaluate with. */
export interface Evaluation {
  readonly cel: TriggerCel;
  readonly readSecret: SecretReader;
}

/** What an interceptor makes of an event: it goes on, is not wanted, or something is wrong. */
export type Interception =
  | { readonly outcome: 'passed'; readonly extensions: Readonly<Record<string, unknown>> }
  | { readonly outcome: 'refused' | 'failed'; readonly reason: string };

/** A filter comes first, then the overlays; an overlay does not see the ones before it. */
export function intercept(
  interceptor: Interceptor,
  event: TriggerEvent,
  { cel, readSecret }: Evaluation,
): Interception {
  if (isForge(interceptor)) return verifyForge(interceptor, event, readSecret);
  if (isRegistry(interceptor)) return verifyRegistry(interceptor, event, readSecret);
  if (!isCel(interceptor)) {
    return { outcome: 'failed', reason: `interceptor "${interceptor.name}" cannot be rehearsed` };
  }
  const { filter = '' } = interceptor;
  const contradicted = findContradiction(interceptor, event.body);
  // A condition that is false makes the filter false, whatever the others are; so many Triggers stay quick.
  if (contradicted !== undefined && cel.check(filter).length === 0) {
    return { outcome: 'refused', reason: contradicted };
  }
  if (filter !== '') {
    const result = cel.evaluate(filter, event);
    if ('fault' in result) return { outcome: 'failed', reason: `filter: ${result.fault}` };
    if (result.value !== true) return { outcome: 'refused', reason: explainRefusal(filter, event, cel) };
  }
  let extensions = event.extensions;
  for (const { key, expression } of interceptor.overlays) {
    const result = cel.evaluate(expression, event);
    if ('fault' in result) return { outcome: 'failed', reason: `overlay ${key}: ${result.fault}` };
    if (result.value === null) return { outcome: 'failed', reason: `overlay ${key}: null cannot be added` };
    extensions = setAt(extensions, key.split('.'), result.value);
  }
  return { outcome: 'passed', extensions };
}

/** A label of the group that is there and is not the one the filter demands. */
function findContradiction({ demands }: CelInterceptor, body: unknown): string | undefined {
  const labels = fieldAt(body, 'groupLabels');
  for (const [label, value] of demands) {
    const found = textAt(labels, label);
    if (found !== undefined && found !== value) {
      return `this is not true: body.groupLabels['${label}'] == '${value}'`;
    }
  }
  return undefined;
}

/** Names the first condition that does not hold. */
function explainRefusal(filter: string, event: TriggerEvent, cel: TriggerCel): string {
  const failing = splitConditions(filter).find((condition) => {
    const result = cel.evaluate(condition, event);
    return !('value' in result) || result.value !== true;
  });
  return `this is not true: ${failing ?? filter}`;
}

function readCel(written: unknown, path: string): CelInterceptor {
  const params = listAt(written, 'params');
  const valueOf = (name: string): unknown =>
    fieldAt(
      params.find((param) => textAt(param, 'name') === name),
      'value',
    );
  const filter = valueOf('filter');
  const overlays = params.findIndex((param) => textAt(param, 'name') === 'overlays');
  return {
    path,
    filter: typeof filter === 'string' ? filter : undefined,
    demands: demandedGroupLabels(typeof filter === 'string' ? filter : ''),
    overlays: listAt({ overlays: valueOf('overlays') }, 'overlays').map((overlay, index) => ({
      key: textAt(overlay, 'key') ?? '',
      expression: textAt(overlay, 'expression') ?? '',
      path: `${path}.params[${overlays}].value[${index}]`,
    })),
  };
}

function setAt(
  target: Readonly<Record<string, unknown>>,
  [key = '', ...deeper]: readonly string[],
  value: unknown,
): Readonly<Record<string, unknown>> {
  if (deeper.length === 0) return { ...target, [key]: value };
  const inner = fieldAt(target, key);
  const existing = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {};
  return { ...target, [key]: setAt(existing as Record<string, unknown>, deeper, value) };
}
