import type { Problem } from '../problems/problem.js';
import type { Manifest } from '../synth/manifest.js';
import { Judge } from './judge.js';

/**
 * Everything that can be said about rendered objects without a cluster. It needs all of them: half of a platform has
 * references into the other half.
 */
export function validateManifests(manifests: readonly Manifest[]): readonly Problem[] {
  const parts = new Map<string | undefined, Manifest[]>([[undefined, []]]);
  for (const manifest of manifests) {
    const known = parts.get(manifest.model);
    if (known === undefined) parts.set(manifest.model, [manifest]);
    else known.push(manifest);
  }
  const [shared, ...models] = [...parts.values()];
  const judge = new Judge(shared ?? []);
  for (const own of models) judge.judge(own);
  return judge.conclude();
}
