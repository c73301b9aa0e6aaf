import type { KubernetesObject, Manifest } from '../synth/manifest.js';
import { kindOf, kinds } from './cluster.js';
import type { Kind } from './cluster.js';
import { readRules } from './prometheus/rules.js';

/**
 * What the objects that all models share have to find among those of single models: accounts that are given rights, and
 * series that dashboards show. Everything else about a model's objects may be forgotten once they are judged.
 */
const outliners: ReadonlyMap<Kind, (manifest: Manifest) => KubernetesObject> = new Map([
  [kinds.serviceAccount, outlineAccount],
  [kinds.prometheusRule, outlineRecords],
]);

/** An outline as text: what is the same for many models is there once. */
export type Outline = string;

export function outline(manifests: readonly Manifest[]): readonly Outline[] {
  return manifests.flatMap((manifest) => {
    const outliner = outliners.get(kindOf(manifest.object));
    return outliner === undefined
      ? []
      : [JSON.stringify({ cluster: manifest.unit.cluster, object: outliner(manifest) })];
  });
}

export function readOutlines(outlines: Iterable<Outline>): readonly Manifest[] {
  return [...outlines].map((text) => {
    const { cluster, object } = JSON.parse(text) as { cluster?: string; object: KubernetesObject }; // Made above.
    const unit = { name: 'outline', directory: '', environment: undefined, model: undefined };
    return { unit: cluster === undefined ? unit : { ...unit, cluster }, file: '', object };
  });
}

function outlineAccount({ object: { apiVersion, kind, metadata } }: Manifest): KubernetesObject {
  return { apiVersion, kind, metadata: placeOf(metadata.namespace, metadata.name) };
}

function outlineRecords(manifest: Manifest): KubernetesObject {
  const { apiVersion, kind, metadata } = manifest.object;
  const records = readRules([manifest]).flatMap(({ record }) => record ?? []);
  const rules = [...new Set(records)].sort().map((record) => ({ record }));
  return { apiVersion, kind, metadata: placeOf(metadata.namespace, ''), spec: { groups: [{ rules }] } };
}

function placeOf(namespace: string | undefined, name: string): KubernetesObject['metadata'] {
  return namespace === undefined ? { name } : { name, namespace };
}
