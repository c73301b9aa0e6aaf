import type { PullRequestSettings } from '../../config/model.js';
import type { Problem } from '../../problems/problem.js';
import type { CommitStatus, Forge, PullRequest } from '../forges/forge.js';
import { OutsideError } from '../outside-error.js';

/** What a pull request has besides its text. */
export type Extras = Pick<PullRequestSettings, 'labels' | 'reviewers' | 'assignees' | 'autoMerge'>;

/** The same extras are the same text; '' for none. */
export function describeExtras({ labels, reviewers, assignees, autoMerge }: Extras): string {
  const none = labels.length + reviewers.length + assignees.length === 0 && !autoMerge;
  return none ? '' : JSON.stringify({ labels, reviewers, assignees, autoMerge });
}

/** Gives them; what the forge refuses is a warning, because the pull request itself stands. */
export async function applyExtras(
  forge: Forge,
  { number }: PullRequest,
  commit: string,
  { labels, reviewers, assignees, autoMerge }: Extras,
): Promise<readonly Problem[]> {
  const deeds: (() => Promise<void>)[] = [];
  if (labels.length > 0) deeds.push(() => forge.addLabels(number, labels));
  if (assignees.length > 0) deeds.push(() => forge.assign(number, assignees));
  if (reviewers.length > 0) deeds.push(() => forge.requestReviews(number, reviewers));
  if (autoMerge) deeds.push(() => forge.mergeWhenReady(number, commit));
  return attemptAll(deeds);
}

/** Sets statuses of a commit; a token that may not is a warning, once. */
export async function setStatuses(
  forge: Forge,
  commit: string,
  statuses: readonly CommitStatus[],
): Promise<readonly Problem[]> {
  const problems = await attemptAll(statuses.map((status) => () => forge.setStatus(commit, status)));
  return problems.slice(0, 1);
}

async function attemptAll(deeds: readonly (() => Promise<void>)[]): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const deed of deeds) {
    try {
      await deed();
    } catch (error) {
      if (!(error instanceof OutsideError)) throw error;
      problems.push({
        code: 'GITOPS_PULL_REQUEST_PARTIAL',
        severity: 'warning',
        message: error.message,
        hint:
          error.hint ??
          'The pull request itself is there; do this by hand, or change `delivery.pullRequest`.',
      });
    }
  }
  return problems;
}
