import type { Unit } from '../charts/unit.js';

export { directories } from '../charts/conventions.js';
export type { Unit };

/** A Kubernetes object as plain data. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly [field: string]: unknown;
}

export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** One rendered object and where it will stand. */
export interface Manifest {
  readonly unit: Unit;
  /** Whose it is; undefined: it is there for all models. */
  readonly model?: string | undefined;
  /** Path below `dist/`. */
  readonly file: string;
  readonly object: KubernetesObject;
}

export interface RenderedFile {
  /** Path below `dist/`. */
  readonly path: string;
  readonly text: string;
}

/** A unit, or a piece of one that several models have a share in. */
export interface RenderedUnit {
  readonly unit: Unit;
  readonly manifests: readonly Manifest[];
  /** Its files, sorted by path; the manifests' files among them. */
  readonly files: readonly RenderedFile[];
}

/** Something with keys, and no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Kind namespace/name`, for people. */
export function describeObject(object: KubernetesObject): string {
  const { name, namespace } = object.metadata;
  return `${object.kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
