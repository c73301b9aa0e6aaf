import type { Workspace } from '../config/model.js';
import type { Releases } from '../config/release.js';
import { createPartKeys, digestOfValue } from '../synth/cache/part-keys.js';
import type { PartMemory } from '../synth/cache/part-memory.js';
import type { Manifest } from '../synth/manifest.js';
import type { Verdict } from '../validate/judge.js';
import type { ProofMemory } from '../validate/prove-units.js';

/** What all models share has no key of what it is made of: it is always rendered, and kept to be put back. */
const shared = 'shared';

/** Lets the proof of a workspace ask for parts by their models. */
export function openProofMemory(
  workspace: Workspace,
  releases: Releases,
  parts: PartMemory<Verdict>,
): ProofMemory {
  const keyOf = createPartKeys(workspace, releases, (model) => parts.digestOf(model));
  const digests = new WeakMap<readonly Manifest[], string>();
  const digestAround = (surroundings: readonly Manifest[]): string => {
    const digest = digests.get(surroundings) ?? digestOfValue(surroundings.map(({ object }) => object));
    digests.set(surroundings, digest);
    return digest;
  };
  const keep: ProofMemory['keep'] = (model, surroundings, part) => {
    parts.keep(model === undefined ? shared : keyOf(model, digestAround(surroundings)), part);
  };
  return {
    recall: (model, surroundings) => parts.recall(keyOf(model, digestAround(surroundings))),
    ...(parts.purpose === 'check' ? {} : { keep }),
  };
}
