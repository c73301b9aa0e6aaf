import type { CommitContent, Identity } from '../git/commit.js';
import type { TargetTree } from './target-tree.js';

/** What became of a push: somebody else was faster, or not. */
export type PushOutcome = 'pushed' | 'outdated';

/** Where a branch of ours stands that is rewritten; undefined: it is not there yet. */
export interface ExpectedHead {
  readonly commit: string | undefined;
}

/** What publishing needs of a GitOps repository, whether Git is spoken to it or the API of its forge. */
export interface TargetRepository {
  /** The newest commit of a branch; the empty tree where there is no such branch. */
  fetch(branch: string): Promise<TargetTree>;
  /** Makes a commit out of its parent and the changed files, signed where that is asked for, and returns its name. */
  commit(content: CommitContent): Promise<string>;
  /**
   * Moves a branch to a commit.
   * @param expected where it stands now, for a branch of ours that is rewritten; absent: it may only go forward
   */
  push(commit: string, branch: string, expected?: ExpectedHead): Promise<PushOutcome>;
  /** Name of a commit's whole content: two commits with the same one say the same. */
  contentOf(commit: string): Promise<string>;
  /** Did driftloop make this commit? A person who amends or rebases one becomes its committer. */
  isOwn(commit: string, identity: Identity): Promise<boolean>;
  /** Who committed a fetched commit, as `Name <email>`. */
  committerOf(commit: string): Promise<string>;
  /** Branches of the repository by a name, or a beginning with `*` behind it. */
  branchesLike(pattern: string): Promise<readonly string[]>;
  /** Removes a branch that still stands at a commit; one that has moved stays. */
  deleteBranch(branch: string, expected: string): Promise<void>;
  close(): Promise<void>;
}
