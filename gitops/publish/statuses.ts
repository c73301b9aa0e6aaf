import type { Problem } from '../../problems/problem.js';
import type { CommitStatus } from '../forges/forge.js';
import { countChanges, formatCounts } from '../plan/diff.js';
import type { Delivery } from './delivery.js';

/**
 * What is known about a commit that was made at all: it was checked, and it was planned.
 * @param rehearsal undefined: nothing was rehearsed
 */
export function describeStatuses(
  { plan }: Delivery,
  problems: readonly Problem[],
  rehearsal: CommitStatus | undefined,
): readonly CommitStatus[] {
  const warnings = problems.filter(({ severity }) => severity === 'warning').length;
  const check = `0 errors, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  return [
    { context: 'driftloop/check', state: 'success', description: check },
    ...(rehearsal === undefined ? [] : [rehearsal]),
    { context: 'driftloop/plan', state: 'success', description: formatCounts(countChanges(plan)) },
  ];
}
