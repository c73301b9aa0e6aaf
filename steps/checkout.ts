import { GitError } from '../gitops/git/git-error.js';
import { Git } from '../gitops/git/git.js';
import { redactUrl } from '../gitops/git/remote.js';
import type { Remote } from '../gitops/git/remote.js';
import { StepFailure } from './step-failure.js';

/** Options that keep out what nobody asked for: tags, history, and the contents of other commits. */
const oneCommit = ['fetch', '--quiet', '--no-tags', '--no-filter', '--depth=1', 'origin'];

/** The same with history; this depth stands for all of it, also where there is no more of it. */
const wholeHistory = ['fetch', '--quiet', '--no-tags', '--no-filter', '--depth=2147483647', 'origin'];

/**
 * Puts a commit of a branch into an empty folder, and returns the commit.
 * @param wanted undefined: the newest one
 */
export async function checkoutBranch(
  remote: Remote,
  branch: string,
  directory: string,
  wanted?: string,
): Promise<string> {
  const git = await createRepository(remote, directory);
  await fetchBranch(git, remote, branch, oneCommit);
  const newest = await git.text('rev-parse', '--verify', 'FETCH_HEAD^{commit}');
  const commit = wanted ?? newest;
  if (commit !== newest) await fetchOlder(git, remote, branch, commit);
  await git.run(['checkout', '--quiet', '--detach', commit]);
  return commit;
}

/**
 * Forges hand out every commit they know by its name, also those of strangers' forks. So a commit counts only when it
 * is on the branch, and the branch's whole history is fetched to find out.
 */
async function fetchOlder(git: Git, remote: Remote, branch: string, commit: string): Promise<void> {
  await fetchBranch(git, remote, branch, wholeHistory);
  const ancestor = await git.run(['merge-base', '--is-ancestor', commit, 'FETCH_HEAD'], {
    accept: [0, 1, 128],
  });
  if (ancestor.status === 0) return;
  throw new StepFailure(
    `Commit ${commit} is not on branch ${branch} of ${redactUrl(remote.url)} (any more): nothing is trained from it.`,
  );
}

/** What belongs to a checked out commit and was not fetched, in words for people. */
export async function listLeftOut(directory: string): Promise<readonly string[]> {
  const git = new Git({ directory });
  const submodules = await git.run(['cat-file', '-e', 'HEAD:.gitmodules'], { accept: [0, 1, 128] });
  const attributes = ['--', '.gitattributes', '**/.gitattributes'];
  const large = await git.run(['grep', '--quiet', 'filter=lfs', 'HEAD', ...attributes], { accept: [0, 1] });
  return [
    ...(submodules.status === 0 ? ['submodules'] : []),
    ...(large.status === 0 ? ['files of Git LFS, of which only the pointers are there'] : []),
  ];
}

/** Puts one commit of a branch into an empty folder. */
export async function checkoutCommit(
  remote: Remote,
  branch: string,
  commit: string,
  directory: string,
): Promise<void> {
  const git = await createRepository(remote, directory);
  const byName = await git.run([...oneCommit, commit], { accept: [0, 1, 128] });
  // Not every server hands out commits by name; all of them hand out branches.
  if (byName.status !== 0) {
    await fetchBranch(git, remote, branch, ['fetch', '--quiet', '--no-tags', '--no-filter', 'origin']);
    if (!(await isPresent(git, commit))) {
      throw new StepFailure(
        `Commit ${commit}, which the GitOps repository was published from, is not on branch ${branch} of ${redactUrl(remote.url)}: push it there.`,
      );
    }
  }
  await git.run(['checkout', '--quiet', '--detach', commit]);
}

async function fetchBranch(
  git: Git,
  remote: Remote,
  branch: string,
  command: readonly string[],
): Promise<void> {
  const { status, stderr } = await git.run([...command, `refs/heads/${branch}`], { accept: [0, 128] });
  if (status === 0) return;
  if (!stderr.includes("couldn't find remote ref")) throw new GitError('git fetch', status, stderr);
  throw new StepFailure(`${redactUrl(remote.url)} has no branch ${branch}.`);
}

async function isPresent(git: Git, commit: string): Promise<boolean> {
  const found = await git.run(['cat-file', '-e', `${commit}^{commit}`], { accept: [0, 1, 128] });
  return found.status === 0;
}

/** The remote is written down without its password, which travels in the environment of git alone. */
async function createRepository(remote: Remote, directory: string): Promise<Git> {
  const git = new Git({ directory, remote });
  await git.run(['init', '--quiet', '--template=']);
  await git.run(['config', 'remote.origin.url', redactUrl(remote.url)]);
  return git;
}
