import type { Selection } from '../plan/selection.js';

/** Below it all branches are driftloop's own. */
const prefix = 'driftloop/';

/**
 * Branch of the pull request of a selection: the same one always has the same branch, so there is one pull request for
 * it. Neither environments nor models have a `+` in their names, and no model is called `platform`.
 */
export function proposalBranch(selection: Selection = {}): string {
  const { environments = [], models = [], exceptEnvironments, exceptModels } = selection;
  const shared = exceptEnvironments === undefined ? 'all' : '+shared';
  const name = environments.length === 0 ? shared : [...environments].sort().join('_');
  const rest = exceptModels === undefined ? [...models].sort() : ['platform'];
  return `${prefix}${[name, ...rest].join('+')}`;
}

/** Branches whose content a selection delivers as well, as patterns in the language of `git ls-remote`. */
export function supersededBranches(selection: Selection): readonly string[] {
  const { environments = [], models = [], exceptModels } = selection;
  if (environments.length !== 1 || models.length > 0) return [];
  const whole = proposalBranch({ environments });
  // One per model takes the place of the one for all.
  return exceptModels === undefined ? [`${whole}+*`] : [whole];
}
