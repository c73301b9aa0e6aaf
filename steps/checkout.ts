import { Git, GitError } from '../gitops/git.js';
import { redactUrl } from '../gitops/remote.js';
import type { Remote } from '../gitops/remote.js';

/** Options that keep out what nobody asked for: tags, history, and the contents of other commits. */
const oneCommit = ['fetch', '--quiet', '--no-tags', '--no-filter', '--depth=1', 'origin'];

/** Puts the newest commit of a branch into an empty folder, and returns the commit. */
export async function checkoutBranch(remote: Remote, branch: string, directory: string): Promise<string> {
  const git = await createRepository(remote, directory);
  await git.run([...oneCommit, `refs/heads/${branch}`]);
  const commit = await git.text('rev-parse', '--verify', 'FETCH_HEAD^{commit}');
  await git.run(['checkout', '--quiet', '--detach', commit]);
  return commit;
}

/** Puts one commit of a branch into an empty folder. */
export async function checkoutCommit(
  remote: Remote,
  branch: string,
  commit: string,
  directory: string,
): Promise<void> {
  const git = await createRepository(remote, directory);
  try {
    await git.run([...oneCommit, commit]);
  } catch (error) {
    // Not every server hands out commits by name; all of them hand out branches.
    if (!(error instanceof GitError)) throw error;
    await git.run(['fetch', '--quiet', '--no-tags', 'origin', `refs/heads/${branch}`]);
  }
  await git.run(['checkout', '--quiet', '--detach', commit]);
}

/** The remote is written down without its password, which travels in the environment of git alone. */
async function createRepository(remote: Remote, directory: string): Promise<Git> {
  const git = new Git({ directory, remote });
  await git.run(['init', '--quiet', '--template=']);
  await git.run(['config', 'remote.origin.url', redactUrl(remote.url)]);
  return git;
}
