import { defaultIdentity, formatIdentity } from '../git/commit.js';
import type { Identity } from '../git/commit.js';
import type { Target } from '../target/target.js';

/** Did driftloop make this commit? A person who amends or rebases one becomes its committer. */
export async function isOwnCommit(
  target: Pick<Target, 'committerOf'>,
  commit: string,
  identity: Identity = defaultIdentity,
): Promise<boolean> {
  return (await target.committerOf(commit)) === formatIdentity(identity);
}
