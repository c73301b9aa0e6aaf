import { GitError } from './git-error.js';
import { Git } from './git.js';
import { redactUrl } from './remote.js';

/** The commit of the workspace that a rendering comes from. */
export interface SourceCommit {
  readonly sha: string;
  /** `Name <email>`. */
  readonly author: string;
  /** RFC 3339. */
  readonly date: string;
  /** First line of the message. */
  readonly subject: string;
  /** The rest of the message; '' when there is none. */
  readonly body: string;
  /** Remote `origin`, without credentials; undefined: there is none. */
  readonly repositoryUrl: string | undefined;
  /** Does the workspace hold changes that the commit does not? */
  readonly dirty: boolean;
}

/** Describes the commit a directory stands at; undefined where no Git repository holds it in a commit. */
export async function describeSourceCommit(
  directory: string,
  signal?: AbortSignal,
): Promise<SourceCommit | undefined> {
  const git = new Git({ directory, signal });
  if (!(await isCommitted(git))) return undefined;
  const format = '%H%x00%an <%ae>%x00%aI%x00%s%x00%b';
  const log = await git.text(
    'log',
    '-1',
    '--no-show-signature',
    '--encoding=UTF-8',
    `--format=${format}`,
    'HEAD',
  );
  const [sha = '', author = '', date = '', subject = '', body = ''] = log.split('\0');
  return {
    sha,
    author,
    date,
    subject,
    body: body.trim(),
    repositoryUrl: await originOf(git),
    dirty: (await git.text('status', '--porcelain', '--untracked-files=normal', '--', '.')) !== '',
  };
}

/** How a commit relates to the one a directory stands at; `unknown`: a shallow clone does not hold it. */
export async function relationToSource(
  directory: string,
  commit: string,
  signal?: AbortSignal,
): Promise<'older' | 'newer' | 'unknown'> {
  const git = new Git({ directory, signal });
  const { status } = await git.run(['merge-base', '--is-ancestor', commit, 'HEAD'], { accept: [0, 1, 128] });
  if (status === 0) return 'older';
  const shallow = (await git.text('rev-parse', '--is-shallow-repository')) === 'true';
  // A whole clone without the commit stands before it, or somebody published what he never pushed.
  return shallow ? 'unknown' : 'newer';
}

/** A folder that only happens to lie within somebody's repository is not described by its commit. */
async function isCommitted(git: Git): Promise<boolean> {
  try {
    const found = await git.run(['rev-parse', '--verify', '--quiet', 'HEAD:./'], { accept: [0, 1, 128] });
    if (found.status === 128 && found.stderr.includes('dubious ownership')) {
      throw new GitError('git rev-parse', found.status, found.stderr);
    }
    return found.status === 0;
  } catch (error) {
    // Without git there is no commit to describe; publishing will say so in its own words.
    if (error instanceof GitError && error.status === undefined) return false;
    throw error;
  }
}

async function originOf(git: Git): Promise<string | undefined> {
  const output = await git.run(['config', '--get', 'remote.origin.url'], { accept: [0, 1] });
  const url = output.stdout.toString('utf8').trim();
  return output.status === 0 && url !== '' ? redactUrl(url) : undefined;
}
