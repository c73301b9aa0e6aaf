import type { Environment, Model, Platform } from './model.js';

/**
 * Where a verified version goes on to, by a pull request that the run opens; undefined: a run ends in the first
 * environment.
 */
export function findPromotion(platform: Platform, model: Model): Environment | undefined {
  return findObstacle(platform, model) === undefined ? model.deployments[1]?.environment : undefined;
}

/** Why no run proposes its version for the next environment, and what would help; undefined: it does. */
export function findObstacle(
  { delivery }: Platform,
  { deployments, promotion, rollout }: Model,
): { readonly why: string; readonly hint: string } | undefined {
  const [first, next] = deployments;
  if (promotion === 'none') return { why: '`promotion` is `none`', hint: 'Write `pull-request`.' };
  if (next === undefined)
    return { why: 'there is no next environment', hint: 'Add one to `environments`, or write `none`.' };
  if (!rollout.wait)
    return {
      why: '`rollout.wait` is `false`, so nothing verifies the version',
      hint: 'Remove `wait: false`, or write `none`.',
    };
  if (first?.serving === undefined)
    return {
      why: 'the model is not served in the first environment, so nothing verifies the version',
      hint: 'Describe how it is served, or write `none`.',
    };
  if (delivery.modes.get(next.environment.name) !== 'pull-request')
    return {
      why: `what changes in \`${next.environment.name}\` is pushed`,
      hint: `Write \`delivery: pull-request\` for \`${next.environment.name}\`, or \`none\` here.`,
    };
  if (delivery.tokenSecret === undefined)
    return {
      why: 'runs have no token for the forge',
      hint: 'Name the Secret that holds one in `delivery.tokenSecret`.',
    };
  return undefined;
}
