import { systemClock } from '../clock.js';
import type { Clock } from '../clock.js';
import { defaultIdentity } from '../git/commit.js';
import { formatMessage } from './commit-message.js';
import { prepareDelivery } from './delivery.js';
import type { Delivery } from './delivery.js';
import { withLock } from './lock.js';
import type { PublishAction, PublishRequest, PublishResult } from './publish-request.js';
import { OutsideError } from '../outside-error.js';
import { proposeDelivery } from '../pull-request/propose.js';
import type { Proposal } from '../pull-request/propose.js';
import { proposalBranch } from '../pull-request/proposal-branch.js';
import { closeObsolete } from '../pull-request/supersede.js';
import { describeStatuses } from './statuses.js';
import { isBranchName } from '../git/remote.js';
import { Target } from '../target/target.js';
import type { TargetRepository } from '../target/target-repository.js';
import type { TargetTree } from '../target/target-tree.js';
import { hasErrors } from '../../problems/problem.js';
import type { Checked, Problem } from '../../problems/problem.js';

export type { PublishAction, PublishRequest, PublishResult };

/** Enough for twenty publishers at once, of which each attempt lets one through. */
const attempts = 20;
const backoff = { first: 500, factor: 1.5, limit: 10_000, jitter: 0.5 };

/**
 * Delivers to the GitOps repository: renders on its newest commit, commits what differs, pushes. When somebody else
 * pushes in between, everything is rendered anew on top of their commit; nothing is ever merged or forced.
 */
export async function publish(request: PublishRequest): Promise<Checked<PublishResult>> {
  if (!isBranchName(request.branch)) return refuseBranch(request.branch);
  const { clock = systemClock, signal, environment, remote, branch, signed } = request;
  const deliver = async () => {
    const { openTarget = () => Target.open(remote, { signal, environment, signed }) } = request;
    const target = await openTarget();
    try {
      return await deliverTo(target, request, clock);
    } finally {
      await target.close();
    }
  };
  if (request.dryRun === true) return deliver();
  return withLock(remote.url, branch, { clock, signal, directory: request.lockDirectory }, deliver);
}

async function deliverTo(
  target: TargetRepository,
  request: PublishRequest,
  clock: Clock,
): Promise<Checked<PublishResult>> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptDelivery(target, request, clock);
    if (outcome !== 'outdated') return outcome;
    if (attempt === attempts) {
      throw new OutsideError(
        `branch ${request.branch} of ${request.remote.url} moved during each of ${attempts} attempts`,
        {
          hint: 'Somebody pushes to it all the time; try again later.',
        },
      );
    }
    request.onProgress?.(`${request.branch} has moved; rendering again on its new commit`);
    await clock.wait(pauseAfter(attempt, clock), request.signal);
  }
}

async function attemptDelivery(
  target: TargetRepository,
  request: PublishRequest,
  clock: Clock,
): Promise<Checked<PublishResult> | 'outdated'> {
  const tree = await target.fetch(request.branch);
  if (request.forge !== undefined && tree.commit === undefined) return refuseMissingBase(request.branch);
  const proposes = request.forge !== undefined && request.amend !== undefined;
  const proposed = proposes ? await target.fetch(proposalBranch(request.selection, 'release')) : undefined;
  const prepared = await prepareDelivery(request, tree, proposed);
  const { value: delivery, problems } = prepared;
  if (delivery === undefined || hasErrors(problems)) return { value: undefined, problems };
  const result = (action: PublishAction, more: Partial<PublishResult> = {}): Checked<PublishResult> => ({
    value: {
      action,
      repository: request.remote.url,
      branch: request.branch,
      commit: tree.commit,
      plan: delivery.plan,
      ...more,
    },
    problems,
  });
  const proposal = proposalOf(request, delivery, problems);
  if (delivery.files.size === 0) {
    // The pull request of a release may be about another version than the one there is nothing to do for.
    const obsolete = !proposes || delivery.settled === true;
    if (proposal !== undefined && obsolete && request.dryRun !== true) await closeObsolete(proposal, target);
    return result('none');
  }
  if (request.dryRun === true) return result('planned');
  const commit = await commitDelivery(target, tree, delivery, request, clock);
  if (proposal !== undefined) {
    const proposed = await proposeDelivery(proposal, target, delivery, commit);
    if (proposed === 'outdated') return 'outdated';
    if (proposed.value === undefined)
      return { value: undefined, problems: [...problems, ...proposed.problems] };
    const { value, problems: partial } = result(proposed.value.action, proposed.value);
    return { value, problems: [...partial, ...proposed.problems] };
  }
  const pushed = await target.push(commit, request.branch);
  return pushed === 'outdated' ? 'outdated' : result('pushed', { commit });
}

function proposalOf(
  request: PublishRequest,
  delivery: Delivery,
  problems: readonly Problem[],
): Proposal | undefined {
  const { forge, branch, selection, overwrite, identity } = request;
  if (forge === undefined) return undefined;
  const settings = request.workspace.platform.delivery.pullRequest;
  const { plan, context } = delivery;
  const statuses = () =>
    describeStatuses(delivery, problems, request.rehearse?.(plan.units, context.releases.after));
  const kind = request.amend === undefined ? 'publication' : 'release';
  return { forge, branch, kind, settings, selection, overwrite, identity, statuses };
}

function commitDelivery(
  target: TargetRepository,
  tree: TargetTree,
  delivery: Delivery,
  request: PublishRequest,
  clock: Clock,
): Promise<string> {
  return target.commit({
    parent: tree.commit,
    files: delivery.files,
    message: formatMessage(delivery.message),
    identity: request.identity ?? defaultIdentity,
    date: clock.now(),
  });
}

function pauseAfter(attempt: number, clock: Clock): number {
  const pause = Math.min(backoff.first * backoff.factor ** (attempt - 1), backoff.limit);
  return Math.round(pause * (1 + backoff.jitter * (clock.random() * 2 - 1)));
}

function refuseBranch(branch: string): Checked<PublishResult> {
  return refuse({
    code: 'GITOPS_BRANCH_NAME',
    severity: 'error',
    message: `"${branch}" is not the name of a branch`,
    hint: 'Choose a plain name such as main.',
  });
}

function refuseMissingBase(branch: string): Checked<PublishResult> {
  return refuse({
    code: 'GITOPS_BASE_BRANCH_MISSING',
    severity: 'error',
    message: `the GitOps repository has no branch ${branch} that a pull request could go to`,
    hint: 'Publish once without --pull-request, which creates it.',
  });
}

function refuse(problem: Problem): Checked<PublishResult> {
  return { value: undefined, problems: [problem] };
}
