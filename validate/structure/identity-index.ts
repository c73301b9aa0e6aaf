import type { KubernetesObject } from '../../synth/manifest.js';
import { groupOf } from '../cluster.js';
import { isFields } from '../fields.js';

/** Level by level, because making one text of all parts takes longer than the whole check of a small object. */
type Level<T> = Map<unknown, T>;

/** Who is who: group, kind, namespace and name; the version does not tell objects apart. */
export class IdentityIndex<T> {
  private readonly groups: Level<Level<Level<Level<T>>>> = new Map();

  /** @returns what was added before for the same object, and stays; undefined when this is the first */
  add(object: KubernetesObject, thing: T): T | undefined {
    const metadata: unknown = object.metadata;
    const { namespace, name } = isFields(metadata) ? metadata : {};
    const ofKind = below(below(this.groups, groupOf(object)), object.kind);
    const names = below(ofKind, namespace);
    const first = names.get(name);
    if (first === undefined) names.set(name, thing);
    return first;
  }
}

function below<T>(level: Level<Level<T>>, key: unknown): Level<T> {
  const known = level.get(key);
  if (known !== undefined) return known;
  const made: Level<T> = new Map();
  level.set(key, made);
  return made;
}
