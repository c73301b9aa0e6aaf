import { GitError } from './git-error.js';
import type { Git } from './git.js';
import type { CommitContent } from './commit.js';

/** Does the person's Git sign commits (`commit.gpgSign`)? What it says of other things is left to it. */
export async function asksForSignature(git: Git): Promise<boolean> {
  const { status, stdout } = await git.run(['config', '--type=bool', '--get', 'commit.gpgSign'], {
    accept: [0, 1],
  });
  return status === 0 && stdout.toString('utf8').trim() === 'true';
}

/**
 * Makes a signed commit of one that is not, with the key and program of the person's Git (`user.signingKey`,
 * `gpg.format`, `gpg.program`). What cannot be signed is an error: nothing goes on unsigned.
 */
export async function signCommit(git: Git, commit: string, content: CommitContent): Promise<string> {
  const { parent, message, identity, date } = content;
  const time = `${Math.floor(date.getTime() / 1000)} +0000`;
  const variables = Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((role) => [
      [`GIT_${role}_NAME`, identity.name],
      [`GIT_${role}_EMAIL`, identity.email],
      [`GIT_${role}_DATE`, time],
    ]),
  );
  const parents = parent === undefined ? [] : ['-p', parent];
  const { status, stdout, stderr } = await git.run(
    ['commit-tree', ...parents, '--gpg-sign', '-F', '-', `${commit}^{tree}`],
    { input: message, variables, configuration: ['i18n.commitEncoding=UTF-8'], accept: [0, 1, 128] },
  );
  if (status === 0) return stdout.toString('utf8').trim();
  throw new GitError('git commit-tree', status, stderr, {
    hint: 'Git is to sign commits here, so nothing was committed. Set user.signingKey, and gpg.format where it is an SSH key, and unlock the key; driftloop answers no questions.',
  });
}
