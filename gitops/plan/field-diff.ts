import { diffArrays } from 'diff';
import type { KubernetesObject } from '../../synth/manifest.js';
import { isRecord } from '../../synth/manifest.js';

/** One field that differs; an absent side has no such field. */
export interface FieldChange {
  /** `spec.groups[0].rules[1].expr`; the index is that of the new list, or of the old one for what was removed. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** By what elements of lists are recognized, tried in this order. */
const listKeys: readonly (readonly string[])[] = [
  ['name'],
  ['key'],
  ['alert'],
  ['record'],
  ['alert', 'record'],
  ['alert', 'record', 'labels'],
  ['kind', 'name', 'namespace'],
];

/** Secrets show that they change, never what they hold. */
export function isSecret(object: KubernetesObject): boolean {
  return object.kind === 'Secret';
}

/** Compares two objects field by field; what is hidden in Secrets stays hidden. */
export function diffFields(before: KubernetesObject, after: KubernetesObject): readonly FieldChange[] {
  return diffValues(hideSecret(before), hideSecret(after), '');
}

/** The object as it may be shown. */
export function hideSecret(object: KubernetesObject): KubernetesObject {
  if (!isSecret(object)) return object;
  const { name, namespace, labels } = object.metadata;
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined ? {} : { labels }),
    },
  };
}

function diffValues(before: unknown, after: unknown, path: string): readonly FieldChange[] {
  if (canonical(before) === canonical(after)) return [];
  if (isRecord(before) && isRecord(after)) return diffRecords(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return diffLists(before, after, path);
  return [
    {
      path,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ];
}

function diffRecords(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  path: string,
): readonly FieldChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => diffValues(before[key], after[key], `${path}${fieldPath(key, path === '')}`));
}

function fieldPath(key: string, first: boolean): string {
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(key)) return `[${JSON.stringify(key)}]`;
  return first ? key : `.${key}`;
}

function diffLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
): readonly FieldChange[] {
  const keyOf = findKey(before, after);
  return keyOf === undefined ? diffByPosition(before, after, path) : diffByKey(before, after, path, keyOf);
}

type KeyOf = (element: unknown) => string;

function findKey(before: readonly unknown[], after: readonly unknown[]): KeyOf | undefined {
  if (![...before, ...after].every(isRecord)) return undefined;
  return listKeys
    .map(
      (fields): KeyOf =>
        (element) =>
          canonical(fields.map((field) => (element as Record<string, unknown>)[field])),
    )
    .find((keyOf) => [before, after].every((list) => isDistinguished(list, keyOf)));
}

/** Does the key tell all elements apart, and does every element have it? */
function isDistinguished(list: readonly unknown[], keyOf: KeyOf): boolean {
  const keys = list.map(keyOf);
  return new Set(keys).size === keys.length && !keys.some((key) => /^\[(null,?)+\]$/.test(key));
}

function diffByKey(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
  keyOf: KeyOf,
): readonly FieldChange[] {
  const old = new Map(before.map((element, index) => [keyOf(element), { element, index }]));
  const changes: FieldChange[] = [];
  after.forEach((element, index) => {
    const previous = old.get(keyOf(element));
    old.delete(keyOf(element));
    changes.push(...diffValues(previous?.element, element, `${path}[${index}]`));
  });
  for (const { element, index } of old.values()) changes.push({ path: `${path}[${index}]`, before: element });
  const [orderBefore, orderAfter] = [commonKeys(before, after, keyOf), commonKeys(after, before, keyOf)];
  if (canonical(orderBefore) === canonical(orderAfter)) return changes;
  return [...changes, { path: `${path}(order)`, before: orderBefore, after: orderAfter }];
}

/** The keys both lists hold, in the order of the first; rules are evaluated in order, so order is content. */
function commonKeys(list: readonly unknown[], other: readonly unknown[], keyOf: KeyOf): readonly string[] {
  const shared = new Set(other.map(keyOf));
  return list.map(keyOf).filter((key) => shared.has(key));
}

function diffByPosition(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  const removed: { readonly element: unknown; readonly index: number }[] = [];
  let [oldIndex, newIndex] = [0, 0];
  const parts = diffArrays(before.map(canonical), after.map(canonical));
  const flush = () => {
    for (const { element, index } of removed.splice(0))
      changes.push({ path: `${path}[${index}]`, before: element });
  };
  for (const part of parts) {
    for (let count = part.value.length; count > 0; count -= 1) {
      if (part.removed) removed.push({ element: before[oldIndex], index: oldIndex++ });
      else if (part.added) {
        // A removal directly before an addition is one element that changed.
        const previous = removed.shift()?.element;
        changes.push(...diffValues(previous, after[newIndex], `${path}[${newIndex}]`));
        newIndex += 1;
      } else {
        flush();
        oldIndex += 1;
        newIndex += 1;
      }
    }
  }
  flush();
  return changes;
}

/** Text that is equal for equal values, whatever the order of their fields; absent fields do not count. */
function canonical(value: unknown): string {
  if (value === undefined) return 'undefined';
  return JSON.stringify(value, (_key, inner: unknown) =>
    isRecord(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}
