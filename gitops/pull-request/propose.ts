import type { PullRequestSettings } from '../../config/model.js';
import type { Checked, Problem } from '../../problems/problem.js';
import { defaultIdentity } from '../git/commit.js';
import type { Identity } from '../git/commit.js';
import type { CommitStatus, Forge, PullRequest } from '../forges/forge.js';
import type { Selection } from '../plan/selection.js';
import type { Delivery } from '../publish/delivery.js';
import type { TargetRepository } from '../target/target-repository.js';
import { applyExtras, describeExtras, setStatuses } from './extras.js';
import { proposalBranch } from './proposal-branch.js';
import type { ProposalKind } from './proposal-branch.js';
import { describePullRequest } from './pull-request-body.js';
import { markLength } from './body-mark.js';
import { ensurePullRequest } from './pull-request.js';
import type { EnsuredPullRequest } from './pull-request.js';
import { closeSuperseded } from './supersede.js';

export interface Proposal {
  readonly forge: Forge;
  /** Branch the pull request goes to. */
  readonly branch: string;
  readonly settings: PullRequestSettings;
  readonly kind: ProposalKind;
  readonly selection?: Selection | undefined;
  readonly overwrite?: boolean | undefined;
  readonly identity?: Identity | undefined;
  /** What is known about the commit. */
  readonly statuses: () => readonly CommitStatus[];
}

export interface ProposalResult {
  readonly action: EnsuredPullRequest['action'];
  readonly branch: string;
  readonly commit: string;
  readonly pullRequest: PullRequest;
}

/** Pushes a commit to the pull request's own branch and opens or updates the pull request. */
export async function proposeDelivery(
  proposal: Proposal,
  target: TargetRepository,
  delivery: Delivery,
  commit: string,
): Promise<Checked<ProposalResult> | 'outdated'> {
  const head = proposalBranch(proposal.selection, proposal.kind);
  const current = (await target.fetch(head)).commit;
  if (current !== undefined && proposal.overwrite !== true) {
    if (!(await target.isOwn(current, proposal.identity ?? defaultIdentity)))
      return refuseEdited(head, await target.committerOf(current));
  }
  const same =
    current !== undefined && (await target.contentOf(current)) === (await target.contentOf(commit));
  if (!same && (await target.push(commit, head, { commit: current })) === 'outdated') return 'outdated';
  const pushed = same ? current : commit;
  return describeToForge(proposal, target, delivery, { head, commit: pushed });
}

async function describeToForge(
  proposal: Proposal,
  target: TargetRepository,
  delivery: Delivery,
  { head, commit }: { readonly head: string; readonly commit: string },
): Promise<Checked<ProposalResult> | 'outdated'> {
  const { forge, branch: base, settings } = proposal;
  const problems: Problem[] = [];
  const title = delivery.message.subject;
  const body = describePullRequest(delivery, {
    limit: forge.bodyLimit - markLength,
    compareUrl: forge.compareUrl(base, head),
  });
  const ensured = await ensurePullRequest(forge, {
    ...{ head, base, title, body, commit, draft: settings.draft },
    extras: {
      text: describeExtras(settings),
      apply: async (pullRequest) => {
        problems.push(...(await applyExtras(forge, pullRequest, commit, settings)));
      },
    },
  });
  if (ensured === 'outdated') return 'outdated';
  const { action, pullRequest } = ensured;
  if (action !== 'pull-request-unchanged' && settings.statuses)
    problems.push(...(await setStatuses(forge, commit, proposal.statuses())));
  await closeSuperseded(proposal, target, pullRequest.number);
  return { value: { action, branch: head, commit, pullRequest }, problems };
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
