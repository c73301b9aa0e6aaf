import { GitError } from '../git/git-error.js';
import type { Git } from '../git/git.js';
import { readObjects } from './target-tree.js';

/** A file as a commit of a branch left it. */
export interface FileVersion {
  readonly path: string;
  readonly commit: BranchCommit;
  /** undefined: the commit removed it, or made something else than a readable file of it. */
  readonly content: Buffer | undefined;
}

/** A commit that moved a branch: of a merge, who merged and when. */
export interface BranchCommit {
  readonly sha: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly author: string;
  readonly subject: string;
}

/** All commits, without tags and without contents; this depth stands for the whole history. */
const everything = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--depth=2147483647'];

const stepwise = [
  '--first-parent',
  '--diff-merges=first-parent',
  '--raw',
  '--no-abbrev',
  '--no-renames',
  '--no-show-signature',
  '--encoding=UTF-8',
];

/** No part of a commit can hold a NUL. */
const format = '--format=%x00%H%x00%cI%x00%an%x00%s%x00';

/**
 * The versions of some files along a branch, newest first. A merge counts as one step, because that is when the branch
 * got what came with it. Unchanged parts of the history cost nothing, however many files the repository has.
 */
export async function readFileHistory(
  git: Git,
  branch: string,
  paths: readonly string[],
): Promise<readonly FileVersion[]> {
  const reference = `refs/driftloop-history/${branch}`;
  const refspec = `+refs/heads/${branch}:${reference}`;
  const fetched = await git.run([...everything, '--filter=blob:none', 'origin', refspec], {
    accept: [0, 128],
  });
  if (fetched.status !== 0) {
    if (fetched.stderr.includes("couldn't find remote ref")) return [];
    throw new GitError('git fetch', fetched.status, fetched.stderr);
  }
  const log = await git.run(['--literal-pathspecs', 'log', ...stepwise, format, reference, '--', ...paths]);
  const versions = parseLog(log.stdout.toString('utf8'));
  const wanted = [...new Set(versions.flatMap(({ objectId }) => objectId ?? []))];
  const contents = await readObjects(git, wanted, async () => {
    await git.run([...everything, '--no-filter', '--refetch', 'origin', refspec]);
  });
  return versions.map(({ objectId, ...version }) => ({
    ...version,
    content: objectId === undefined ? undefined : contents.get(objectId),
  }));
}

type RawVersion = Omit<FileVersion, 'content'> & { readonly objectId: string | undefined };

function parseLog(log: string): readonly RawVersion[] {
  const parts = log.split('\0').slice(1);
  const versions: RawVersion[] = [];
  for (let index = 0; index + 4 < parts.length; index += 5) {
    const [sha = '', time = '', author = '', subject = '', changes = ''] = parts.slice(index, index + 5);
    const at = `${new Date(time).toISOString().slice(0, 19)}Z`;
    for (const line of changes.split('\n')) {
      const change = parseChange(line);
      if (change !== undefined) versions.push({ ...change, commit: { sha, at, author, subject } });
    }
  }
  return versions;
}

/** `:<mode> <mode> <id> <id> <status>\t<path>`; only regular files count. */
function parseChange(line: string): Pick<RawVersion, 'path' | 'objectId'> | undefined {
  const [, mode, objectId, path] = /^:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*\t(.*)$/.exec(line) ?? [];
  if (path === undefined) return undefined;
  return { path, objectId: mode?.startsWith('100') === true ? objectId : undefined };
}
