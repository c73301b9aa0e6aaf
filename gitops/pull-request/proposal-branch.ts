import type { Selection } from '../plan/selection.js';

/** What a pull request carries: what the workspace says, or another version of a model. */
export type ProposalKind = 'publication' | 'release';

/** Below them all branches are driftloop's own. A publication does not hold what a release decides, so they differ. */
const prefixes: Readonly<Record<ProposalKind, string>> = {
  publication: 'driftloop/',
  release: 'driftloop-release/',
};

/**
 * Branch of the pull request of a selection: the same one always has the same branch, so there is one pull request for
 * it. Neither environments nor models have a `+` in their names, and no model is called `platform`.
 */
export function proposalBranch(selection: Selection = {}, kind: ProposalKind = 'publication'): string {
  const { environments = [], models = [], exceptEnvironments, exceptModels } = selection;
  const shared = exceptEnvironments === undefined ? 'all' : '+shared';
  const name = environments.length === 0 ? shared : [...environments].sort().join('_');
  const rest = exceptModels === undefined ? [...models].sort() : ['platform'];
  return `${prefixes[kind]}${[name, ...rest].join('+')}`;
}

/** Branches whose content a selection delivers as well, as patterns in the language of `git ls-remote`. */
export function supersededBranches(selection: Selection): readonly string[] {
  const { environments = [], models = [], exceptModels } = selection;
  if (environments.length !== 1 || models.length > 0) return [];
  const whole = proposalBranch({ environments });
  // One per model takes the place of the one for all.
  return exceptModels === undefined ? [`${whole}+*`] : [whole];
}
