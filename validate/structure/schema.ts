import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The keywords of schemas/structural.json (imports/generate/structural.mjs lets no others through). */
export interface Schema {
  readonly $ref?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly nullable?: boolean;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: Format;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-list-type'?: 'map' | 'set';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly Rule[];
}

/** `labels` and `annotations` are ours: maps whose keys and values Kubernetes restricts. */
export type Format = 'annotations' | 'byte' | 'date-time' | 'int32' | 'int64' | 'int-or-string' | 'labels';

/** A CEL expression over `self`. */
export interface Rule {
  readonly rule: string;
  readonly message?: string;
}

export interface KindSchema {
  readonly scope: 'Namespaced' | 'Cluster';
  readonly schema: Schema;
}

interface StructuralSchemas {
  /** By `apiVersion/kind`. */
  readonly kinds: Readonly<Record<string, KindSchema>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

let loaded: StructuralSchemas | undefined;

/** Read when the first object is checked; commands that check nothing pay nothing. */
function loadSchemas(): StructuralSchemas {
  loaded ??= JSON.parse(readFileSync(findSchemas(), 'utf8')) as StructuralSchemas;
  return loaded;
}

/** The schemas stand in `schemas/` of the package, whether this file runs from source, compiled or bundled. */
function findSchemas(): string {
  const name = join('schemas', 'structural.json');
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, name))) {
    const parent = dirname(directory);
    if (parent === directory) throw new Error(`${name} is not part of this installation of driftloop`);
    directory = parent;
  }
  return join(directory, name);
}

/** By `apiVersion` and by `kind`, because thousands of objects ask for the same few. */
const found = new Map<string, Map<string, KindSchema | undefined>>();

export function findKind(apiVersion: string, kind: string): KindSchema | undefined {
  const ofVersion = found.get(apiVersion) ?? new Map<string, KindSchema | undefined>();
  if (ofVersion.has(kind)) return ofVersion.get(kind);
  const { kinds } = loadSchemas();
  const key = `${apiVersion}/${kind}`;
  const schema = Object.hasOwn(kinds, key) ? kinds[key] : undefined;
  found.set(apiVersion, ofVersion.set(kind, schema));
  return schema;
}

/** `apiVersion/kind` of everything there is a schema for. */
export function listKinds(): readonly string[] {
  return Object.keys(loadSchemas().kinds);
}

/** Follows a reference to its definition. */
export function resolveSchema(schema: Schema): Schema {
  let current = schema;
  while (current.$ref !== undefined) {
    const target = loadSchemas().definitions[current.$ref];
    if (target === undefined) throw new Error(`schemas/structural.json has no definition ${current.$ref}`);
    current = target;
  }
  return current;
}

const requiredByUser = new WeakMap<Schema, readonly string[]>();

/** Keys that must be there: those that the API server does not fill in. */
export function requiredKeys(schema: Schema): readonly string[] {
  const known = requiredByUser.get(schema);
  if (known !== undefined) return known;
  const keys = (schema.required ?? []).filter(
    (key) => resolveSchema(schema.properties?.[key] ?? {}).default === undefined,
  );
  requiredByUser.set(schema, keys);
  return keys;
}
