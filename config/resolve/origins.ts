import type { KeyPath } from '../load/key-path.js';
import { formatKeyPath, valueAt } from '../load/key-path.js';
import type { Origin, Origins } from '../model.js';
import type { Layer } from './layers.js';
import { isMap, ownerOf } from './layers.js';

/** Notes for each value where it comes from. */
export class OriginRecorder {
  readonly origins: Map<string, Origin>;

  constructor(base?: Origins) {
    this.origins = base === undefined ? new Map<string, Origin>() : new BranchedOrigins(base);
  }

  /** For what is noted by itself, and knows what was noted here. */
  branch(): OriginRecorder {
    return new OriginRecorder(this.origins);
  }

  /** All values below `path` in what the layers give together. */
  record<T>(where: string, data: unknown, layers: readonly Layer<T>[], path: KeyPath = []): void {
    for (const [leaf, value] of leaves(valueAt(data, path), path)) {
      const owner = ownerOf(layers, leaf);
      if (owner === undefined) continue;
      const { name: layer, written } = owner;
      const position = written?.file.valuePosition([...written.base, ...leaf]);
      this.origins.set(originKey(where, leaf), { layer, position, value });
    }
  }

  has(where: string, path: KeyPath): boolean {
    return this.origins.has(originKey(where, path));
  }

  /** A value that the catalogue gives when nobody wrote one. */
  recordDefault(where: string, path: KeyPath, value: unknown): void {
    if (this.has(where, path)) return;
    this.origins.set(originKey(where, path), { layer: 'built-in default', position: undefined, value });
  }

  /** A value that another one decides. */
  recordAs(where: string, path: KeyPath, decidedBy: KeyPath): void {
    const origin = this.origins.get(originKey(where, decidedBy));
    if (origin !== undefined) this.origins.set(originKey(where, path), origin);
  }
}

/** Finds what its base knows as well, and lists what is its own. */
class BranchedOrigins extends Map<string, Origin> {
  constructor(private readonly base: Origins) {
    super();
  }

  override get(key: string): Origin | undefined {
    return super.get(key) ?? this.base.get(key);
  }

  override has(key: string): boolean {
    return super.has(key) || this.base.has(key);
  }
}

function originKey(where: string, path: KeyPath): string {
  return `${where}:${formatKeyPath(path)}`;
}

/** Single values, lists of them, and empty maps. */
function* leaves(value: unknown, path: KeyPath): Generator<[KeyPath, unknown]> {
  if (isMap(value) && Object.keys(value).length > 0) {
    for (const [key, child] of Object.entries(value)) yield* leaves(child, [...path, key]);
  } else if (Array.isArray(value) && value.some(isMap)) {
    for (const [index, child] of value.entries()) yield* leaves(child, [...path, index]);
  } else if (value !== undefined) {
    yield [path, value];
  }
}
