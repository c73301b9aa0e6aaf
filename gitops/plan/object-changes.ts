import { describeObject } from '../../synth/manifest.js';
import type { KubernetesObject } from '../../synth/manifest.js';
import { explainRecreation } from './consequences.js';
import { diffFields, isSecret } from './field-diff.js';
import { identityOf } from './objects.js';

/** What happens to one object of a unit once Argo CD has synced. */
export type ObjectChange =
  | { readonly action: 'created'; readonly object: string; readonly after: KubernetesObject }
  | {
      readonly action: 'changed';
      readonly object: string;
      readonly before: KubernetesObject;
      readonly after: KubernetesObject;
    }
  | { readonly action: 'deleted'; readonly object: string; readonly before: KubernetesObject }
  | {
      /** The same object by all appearances, under another name: recreated, not renamed. */
      readonly action: 'renamed';
      readonly object: string;
      readonly previous: string;
      readonly before: KubernetesObject;
      readonly after: KubernetesObject;
      /** In words for people. */
      readonly consequence: string;
    };

/** So much of its content an object must keep to count as renamed. */
const similarity = 0.5;

/** Compares the objects of one unit before and after; sorted by object. */
export function compareObjects(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): readonly ObjectChange[] {
  const old = new Map(before.map((object) => [identityOf(object), object]));
  const created: KubernetesObject[] = [];
  const changes: ObjectChange[] = [];
  for (const object of after) {
    const identity = identityOf(object);
    const previous = old.get(identity);
    old.delete(identity);
    if (previous === undefined) created.push(object);
    else if (differs(previous, object)) {
      changes.push({ action: 'changed', object: describeObject(object), before: previous, after: object });
    }
  }
  changes.push(...pairRenames([...old.values()], created));
  return changes.sort((a, b) => (a.object < b.object ? -1 : a.object > b.object ? 1 : 0));
}

function differs(before: KubernetesObject, after: KubernetesObject): boolean {
  // Secrets are compared by their whole text, because their fields are hidden from the field-wise comparison.
  return isSecret(after)
    ? JSON.stringify(before) !== JSON.stringify(after)
    : diffFields(before, after).length > 0;
}

function pairRenames(
  gone: readonly KubernetesObject[],
  created: readonly KubernetesObject[],
): readonly ObjectChange[] {
  const left = new Map(gone.map((object) => [object, leavesOf(object)]));
  const changes: ObjectChange[] = [];
  for (const after of created) {
    const before = bestMatch(after, left);
    if (before === undefined) {
      changes.push({ action: 'created', object: describeObject(after), after });
      continue;
    }
    left.delete(before);
    const [object, previous] = [describeObject(after), describeObject(before)];
    const consequence = explainRecreation(before, after);
    changes.push({ action: 'renamed', object, previous, before, after, consequence });
  }
  for (const before of left.keys())
    changes.push({ action: 'deleted', object: describeObject(before), before });
  return changes;
}

function bestMatch(
  after: KubernetesObject,
  candidates: ReadonlyMap<KubernetesObject, ReadonlySet<string>>,
): KubernetesObject | undefined {
  const leaves = leavesOf(after);
  let best: { readonly object: KubernetesObject; readonly score: number } | undefined;
  for (const [candidate, candidateLeaves] of candidates) {
    if (placeOf(candidate) !== placeOf(after)) continue;
    const score = shareOfCommon(leaves, candidateLeaves);
    if (score >= similarity && score > (best?.score ?? 0)) best = { object: candidate, score };
  }
  return best?.object;
}

function placeOf(object: KubernetesObject): string {
  return identityOf({ ...object, metadata: { ...object.metadata, name: '' } });
}

/** Every value with its path, without the name. */
function leavesOf(object: KubernetesObject): ReadonlySet<string> {
  const leaves = new Set<string>();
  const visit = (value: unknown, path: string) => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) {
        visit(child, Array.isArray(value) ? `${path}[]` : `${path}.${key}`);
      }
      return;
    }
    leaves.add(`${path}=${String(value)}`);
  };
  visit({ ...object, metadata: { ...object.metadata, name: undefined } }, '');
  return leaves;
}

function shareOfCommon(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((leaf) => b.has(leaf)).length;
  return common / Math.max(a.size + b.size - common, 1);
}
