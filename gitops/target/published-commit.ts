import type { Checked } from '../../problems/problem.js';
import { listingUnit } from './layout.js';
import { readOwnership } from './ownership.js';
import type { TargetTree } from './target-tree.js';

/**
 * The commit of the workspace that a release of a model must be rendered from: the one its unit was last rendered from.
 * It is kept per unit, because after a publication of single units an environment holds several, and a release must not
 * bring along what nobody published for its unit. A unit that does not exist yet takes that of the list of units.
 * undefined: nobody published it from a commit.
 */
export async function findPublishedCommit(
  target: TargetTree,
  environment: string,
  model: string,
): Promise<Checked<string>> {
  const { value: owned, problems } = await readOwnership(target);
  if (owned === undefined) return { value: undefined, problems };
  const unit = [...owned.values()].find(
    (candidate) => candidate.environment === environment && candidate.model === model,
  );
  return { value: (unit ?? owned.get(listingUnit))?.source, problems };
}
