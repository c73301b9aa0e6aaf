import type { Forge } from '../forges/forge.js';
import { defaultIdentity } from '../git/commit.js';
import type { TargetRepository } from '../target/target-repository.js';
import { proposalBranch, supersededBranches } from './proposal-branch.js';
import type { Proposal } from './propose.js';

/**
 * Closes the pull requests that say what another one says now, and removes their branches. One that a person has
 * committed to stays.
 */
export async function closeSuperseded(
  proposal: Proposal,
  target: TargetRepository,
  by: number,
): Promise<void> {
  const text = `Superseded by #${by}, which holds these changes.`;
  for (const pattern of narrowerOf(proposal)) await closeBranches(proposal, target, pattern, text);
}

/** Closes the pull request of a selection for which nothing is left to change; does not ask the forge without a branch. */
export async function closeObsolete(proposal: Proposal, target: TargetRepository): Promise<void> {
  const text = `Nothing is left to change: \`${proposal.branch}\` holds it all.`;
  await closeBranches(proposal, target, proposalBranch(proposal.selection, proposal.kind), text);
  for (const pattern of narrowerOf(proposal)) await closeBranches(proposal, target, pattern, text);
}

function narrowerOf({ kind, selection = {} }: Proposal): readonly string[] {
  return kind === 'release' ? [] : supersededBranches(selection);
}

async function closeBranches(
  { forge, branch, identity = defaultIdentity }: Pick<Proposal, 'forge' | 'branch' | 'identity'>,
  target: TargetRepository,
  pattern: string,
  text: string,
): Promise<void> {
  for (const head of await target.branchesLike(pattern)) {
    const { commit } = await target.fetch(head);
    if (commit === undefined || !(await target.isOwn(commit, identity))) continue;
    await closeOne(forge, head, branch, text);
    await target.deleteBranch(head, commit);
  }
}

async function closeOne(forge: Forge, head: string, base: string, text: string): Promise<void> {
  const open = await forge.findOpen(head, base);
  if (open === undefined) return;
  await forge.comment(open.number, 'closed', text);
  await forge.close(open.number);
}
