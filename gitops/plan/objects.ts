import { parseAllDocuments } from 'yaml';
import { isRecord } from '../../synth/manifest.js';
import type { KubernetesObject } from '../../synth/manifest.js';

/**
 * The Kubernetes objects in a file of the target. Text of any origin is safe to give: what is no YAML, or holds no
 * objects, has none.
 */
export function readObjects(content: string | Uint8Array): readonly KubernetesObject[] {
  try {
    const text =
      typeof content === 'string' ? content : new TextDecoder('utf-8', { fatal: true }).decode(content);
    const documents = parseAllDocuments(text, { logLevel: 'silent' });
    if (!Array.isArray(documents)) return [];
    return documents
      .filter((document) => document.errors.length === 0)
      .map((document): unknown => document.toJS({ maxAliasCount: 100 }))
      .filter(isKubernetesObject);
  } catch {
    // Not UTF-8, or an alias bomb: somebody else's text, of which nothing can be said object by object.
    return [];
  }
}

/** What makes two objects the same for the API server: group, kind, namespace and name, not the version. */
export function identityOf(object: KubernetesObject): string {
  const group = object.apiVersion.includes('/') ? (object.apiVersion.split('/')[0] ?? '') : '';
  return [group, object.kind, object.metadata.namespace ?? '', object.metadata.name].join('|');
}

function isKubernetesObject(value: unknown): value is KubernetesObject {
  if (!isRecord(value) || !isRecord(value.metadata)) return false;
  const { name, namespace } = value.metadata;
  return (
    typeof value.apiVersion === 'string' &&
    typeof value.kind === 'string' &&
    typeof name === 'string' &&
    (namespace === undefined || typeof namespace === 'string')
  );
}
