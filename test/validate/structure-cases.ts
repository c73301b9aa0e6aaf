import { readFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';
import type { KubernetesObject, Manifest } from '../../synth/manifest.js';

/** A good object with one thing changed. */
export interface BadCase {
  readonly name: string;
  readonly kind: string;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly remove?: string;
  readonly problem: string;
  readonly at: string;
  readonly hint?: string;
  /** Why driftloop refuses what the controllers let pass; undefined: they refuse it too. */
  readonly ours?: string;
}

const folder = new URL('../fixtures/structure/', import.meta.url);

export const goodObjects = parseAllDocuments(readFileSync(new URL('good.yaml', folder), 'utf8')).map(
  (document) => document.toJS() as KubernetesObject,
);

export const badCases = parse(readFileSync(new URL('bad.yaml', folder), 'utf8')) as readonly BadCase[];

export function goodObject(kind: string): KubernetesObject {
  const found = goodObjects.find((object) => object.kind === kind);
  if (found === undefined) throw new Error(`good.yaml has no ${kind}`);
  return found;
}

export function badObject(bad: BadCase): KubernetesObject {
  const object = structuredClone(goodObject(bad.kind));
  for (const [path, value] of Object.entries(bad.set ?? {})) change(object, path, value);
  if (bad.remove !== undefined) change(object, bad.remove, undefined);
  return object;
}

export function manifestOf(object: KubernetesObject, file = 'toolings/test.k8s.yaml'): Manifest {
  return {
    unit: { name: 'toolings', directory: 'toolings', environment: undefined, model: undefined },
    file,
    object,
  };
}

type Container = Record<string, unknown>;

/** Puts a value at `a.b[0].c`, making what is missing on the way; undefined removes. */
function change(object: object, path: string, value: unknown): void {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
  const last = keys.pop() ?? '';
  const target = keys.reduce<Container>(
    (current, key) => (current[key] ??= {}) as Container,
    object as Container,
  );
  if (value === undefined) Reflect.deleteProperty(target, last);
  else target[last] = value;
}
