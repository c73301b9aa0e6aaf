import type { Problem } from '../../problems/problem.js';
import type { DeliveryPlan } from '../plan/plan.js';
import { readOwnership } from '../target/ownership.js';
import type { TargetTree } from '../target/target-tree.js';
import type { DeliveryRequest } from './delivery.js';

/** So many units are named; the rest is counted. */
const shown = 3;

/**
 * Refuses to publish over what was published from a newer commit of the workspace: a forgotten checkout, or a pipeline that
 * was started again, would undo it. Only units that change are looked at.
 */
export async function refuseOlderSource(
  request: Pick<DeliveryRequest, 'source' | 'relationTo' | 'allowOlder'>,
  target: TargetTree,
  plan: DeliveryPlan,
): Promise<readonly Problem[]> {
  const { source, relationTo, allowOlder = false } = request;
  if (source === undefined || relationTo === undefined || allowOlder) return [];
  const { value: owned } = await readOwnership(target);
  const units = new Map<string, string[]>();
  for (const { name } of plan.units) {
    const commit = owned?.get(name)?.source;
    if (commit !== undefined && commit !== source.sha)
      units.set(commit, [...(units.get(commit) ?? []), name]);
  }
  const problems: Problem[] = [];
  for (const [commit, names] of units) {
    const relation = await relationTo(commit);
    if (relation !== 'older') problems.push(describe(commit, names, source.sha, relation));
  }
  return problems;
}

function describe(
  commit: string,
  names: readonly string[],
  source: string,
  relation: 'newer' | 'unknown',
): Problem {
  const rest = names.length - shown;
  const units = [...names.slice(0, shown), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
  const [published, here] = [commit.slice(0, 7), source.slice(0, 7)];
  if (relation === 'unknown') {
    return {
      code: 'GITOPS_SOURCE_UNRELATED',
      severity: 'warning',
      message: `${units}: published from commit ${published}, which this shallow clone of the workspace does not hold; nobody can tell whether ${here} is newer`,
      hint: 'Clone the whole history (fetch-depth: 0 in CI).',
    };
  }
  return {
    code: 'GITOPS_SOURCE_OLDER',
    severity: 'error',
    message: `${units}: published from commit ${published}, which is not part of the history of ${here}; its changes would be undone`,
    hint: 'Pull the newest commit of the workspace. If the older state is meant, publish with --allow-older.',
  };
}
