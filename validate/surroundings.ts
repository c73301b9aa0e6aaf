import type { KubernetesObject, Manifest } from '../synth/manifest.js';
import { kindOf, kinds } from './cluster.js';
import { isFields, listAt } from './fields.js';

/**
 * What a model's objects may see of what all share: everything but the names that roles list, which grow with every
 * model. So a verdict about one model stays true when another one comes or goes.
 */
export function asSurroundings(shared: readonly Manifest[]): readonly Manifest[] {
  return shared.map((manifest) =>
    listing.has(kindOf(manifest.object)) ? { ...manifest, object: withoutNames(manifest.object) } : manifest,
  );
}

const listing: ReadonlySet<string> = new Set([kinds.role, kinds.clusterRole]);

/** A rule that is limited to names stays one that is. */
function withoutNames(role: KubernetesObject): KubernetesObject {
  const rules = listAt(role, 'rules').map((rule) =>
    isFields(rule) && Array.isArray(rule.resourceNames) ? { ...rule, resourceNames: ['…'] } : rule,
  );
  return { ...role, rules };
}
