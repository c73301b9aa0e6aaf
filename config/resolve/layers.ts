import type { KeyPath } from '../load/key-path.js';
import { valueAt } from '../load/key-path.js';
import type { YamlFile } from '../load/yaml-file.js';
import type { Origin } from '../model.js';
import type { Place } from '../problem-collector.js';

/** One source of values; the later a layer stands in the list, the more it counts. */
export interface Layer<T> {
  readonly name: Origin['layer'];
  /** undefined: the layer says nothing. */
  readonly data: T | undefined;
  /** Where the data stands; undefined for built-in defaults. */
  readonly written: { readonly file: YamlFile; readonly base: KeyPath } | undefined;
}

/** Maps are merged, lists and single values replaced. */
export function mergeLayers<T extends object>(layers: readonly Layer<T>[]): Partial<T> {
  return layers.reduce<object>((merged, { data }) => (data === undefined ? merged : merge(merged, data)), {}); // Keys of T only.
}

function merge(low: object, high: object): object {
  const lower = new Map<string, unknown>(Object.entries(low));
  const entries = Object.entries(high).map(([key, value]: [string, unknown]) => {
    const below = lower.get(key);
    return [key, isMap(below) && isMap(value) ? merge(below, value) : value] as const;
  });
  return Object.fromEntries([...lower, ...entries.filter(([, value]) => value !== undefined)]);
}

/** The layer a value comes from; items of a list come from where the whole list does. */
export function ownerOf<T>(layers: readonly Layer<T>[], path: KeyPath): Layer<T> | undefined {
  const index = path.findIndex((part) => typeof part === 'number');
  const deciding = index === -1 ? path : path.slice(0, index);
  return layers.findLast(({ data }) => valueAt(data, deciding) !== undefined);
}

/** Where a value was written; for what nobody wrote, the nearest map around it, looking at the strongest layer first. */
export function placeIn<T>(layers: readonly Layer<T>[], path: KeyPath): Place {
  for (let length = path.length; length >= 0; length -= 1) {
    const owner = ownerOf(
      layers.filter(({ written }) => written !== undefined),
      path.slice(0, length),
    );
    if (owner?.written !== undefined)
      return { file: owner.written.file, path: [...owner.written.base, ...path] };
  }
  throw new Error('no layer was written by the user');
}

export function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
