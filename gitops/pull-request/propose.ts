import type { Checked } from '../../problems/problem.js';
import { defaultIdentity, formatIdentity } from '../git/commit.js';
import type { Identity } from '../git/commit.js';
import type { Delivery } from '../publish/delivery.js';
import { diffPlan } from '../plan/diff.js';
import type { Forge, PullRequest } from '../forges/forge.js';
import { describePullRequest } from './pull-request-body.js';
import { ensurePullRequest } from './pull-request.js';
import type { EnsuredPullRequest } from './pull-request.js';
import type { Selection } from '../plan/selection.js';
import type { Target } from '../target/target.js';

export interface Proposal {
  readonly forge: Forge;
  /** Branch the pull request goes to. */
  readonly branch: string;
  readonly selection?: Selection | undefined;
  readonly overwrite?: boolean | undefined;
  readonly identity?: Identity | undefined;
}

export interface ProposalResult {
  readonly action: EnsuredPullRequest['action'];
  readonly branch: string;
  readonly commit: string;
  readonly pullRequest: PullRequest;
}

/** Branch of the pull request: the same selection always has the same one, so there is one pull request for it. */
export function proposalBranch(selection: Selection = {}): string {
  const environments = selection.environments ?? [];
  const models = selection.models ?? [];
  const name = environments.length === 0 ? 'all' : [...environments].sort().join('_');
  return `driftloop/${[name, ...[...models].sort()].join('+')}`;
}

/** Pushes a commit to the pull request's own branch and opens or updates the pull request. */
export async function proposeDelivery(
  proposal: Proposal,
  target: Target,
  delivery: Delivery,
  commit: string,
): Promise<Checked<ProposalResult> | 'outdated'> {
  const branch = proposalBranch(proposal.selection);
  const current = (await target.fetch(branch)).commit;
  if (current !== undefined && proposal.overwrite !== true) {
    const committer = await target.committerOf(current);
    if (committer !== formatIdentity(proposal.identity ?? defaultIdentity))
      return refuseEdited(branch, committer);
  }
  const same =
    current !== undefined && (await target.contentOf(current)) === (await target.contentOf(commit));
  if (!same && (await target.push(commit, branch, { commit: current })) === 'outdated') return 'outdated';
  const ensured = await ensurePullRequest(proposal.forge, {
    head: branch,
    base: proposal.branch,
    title: delivery.message.subject,
    body: describePullRequest(diffPlan(delivery.plan), delivery.message),
  });
  const action =
    !same && ensured.action === 'pull-request-unchanged' ? 'pull-request-updated' : ensured.action;
  return {
    value: { action, branch, commit: same ? current : commit, pullRequest: ensured.pullRequest },
    problems: [],
  };
}

function refuseEdited(branch: string, committer: string): Checked<ProposalResult> {
  return {
    value: undefined,
    problems: [
      {
        code: 'GITOPS_BRANCH_EDITED',
        severity: 'error',
        message: `the last commit of ${branch} is by ${committer} and would be lost`,
        hint: 'Merge or close the pull request, or publish with --overwrite.',
      },
    ],
  };
}
