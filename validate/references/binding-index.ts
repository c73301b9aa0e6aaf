import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { listAt, textAt } from '../fields.js';

type BindingIndex = ReadonlyMap<string, readonly Manifest[]>;

/** What surrounds a thousand models is read once, however many teams there are. */
const indexes = new WeakMap<Cluster, BindingIndex>();

/** @param subject `namespace/name` of an account */
export function findBindings(cluster: Cluster, subject: string): readonly Manifest[] {
  const around = cluster.around === undefined ? [] : findBindings(cluster.around, subject);
  const index = indexes.get(cluster) ?? indexBindings(cluster);
  indexes.set(cluster, index);
  return [...around, ...(index.get(subject) ?? [])];
}

function indexBindings(cluster: Cluster): BindingIndex {
  const index = new Map<string, Set<Manifest>>();
  for (const binding of [...cluster.ofKind(kinds.roleBinding), ...cluster.ofKind(kinds.clusterRoleBinding)]) {
    for (const subject of listAt(binding.object, 'subjects')) {
      const key = `${textAt(subject, 'namespace') ?? ''}/${textAt(subject, 'name') ?? ''}`;
      const known = index.get(key) ?? new Set();
      index.set(key, known.add(binding));
    }
  }
  return new Map([...index].map(([key, bindings]) => [key, [...bindings]]));
}
