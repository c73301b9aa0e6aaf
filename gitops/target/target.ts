import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommitContent, Identity } from '../git/commit.js';
import { ensureEmbeddedRepository, hasEmbeddedRepository } from '../git/embedded.js';
import { GitError } from '../git/git-error.js';
import { Git } from '../git/git.js';
import { isOutdated, refusedPush } from '../git/push-report.js';
import type { Remote } from '../git/remote.js';
import { asksForSignature, signCommit } from '../git/signing.js';
import { formatIdentity, importStream } from '../git/commit.js';
import { readFileHistory } from './file-history.js';
import type { FileVersion } from './file-history.js';
import type { ExpectedHead, PushOutcome, TargetRepository } from './target-repository.js';
import { emptyTree, readTree } from './target-tree.js';
import type { TargetTree } from './target-tree.js';
import { makeTemporaryFolder } from '../temporary-folder.js';

export interface TargetOptions {
  readonly signal?: AbortSignal | undefined;
  /** Default: the environment of this process. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** Must commits be signed? Default: where `commit.gpgSign` of Git's configuration says so. */
  readonly signed?: boolean | undefined;
}

/** So many commits may others make on top of one while somebody waits for it. */
const heldDepth = 500;

/**
 * A GitOps repository, as a bare partial clone in a temporary folder: trees without contents, one commit deep.
 * There is no working tree, so symbolic links, attributes, filters and hooks of the repository never act here, and a
 * killed process leaves nothing but that folder.
 */
export class Target implements TargetRepository {
  private constructor(
    private readonly git: Git,
    private readonly folder: string,
    private readonly embeddedIn: string | undefined,
    private readonly signed: boolean,
  ) {}

  static async open(remote: Remote, options: TargetOptions = {}): Promise<Target> {
    const folder = await makeTemporaryFolder('target');
    const gitDirectory = join(folder, 'clone.git');
    const { signal, environment, signed = false } = options;
    const git = new Git({ directory: folder, gitDirectory, remote, signal, environment });
    const target = new Target(git, folder, remote.embeddedIn, signed);
    try {
      await target.initialize(gitDirectory);
      return target;
    } catch (error) {
      await target.close();
      throw error;
    }
  }

  /** The repository decides how objects are named; the clone must do the same. */
  private async initialize(gitDirectory: string): Promise<void> {
    const heads = (await this.isAbsent()) ? '' : await this.git.text('ls-remote', 'origin', 'HEAD');
    const format = /^[0-9a-f]{64}\t/m.test(heads) ? 'sha256' : 'sha1';
    await this.git.run([
      'init',
      '--quiet',
      '--bare',
      '--template=',
      `--object-format=${format}`,
      gitDirectory,
    ]);
  }

  /** The embedded repository comes with the first push; until then it is an empty one. */
  private async isAbsent(): Promise<boolean> {
    return this.embeddedIn !== undefined && !(await hasEmbeddedRepository(this.embeddedIn));
  }

  async fetch(branch: string): Promise<TargetTree> {
    if (await this.isAbsent()) return emptyTree;
    const reference = `refs/driftloop/${branch}`;
    const fetch = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--depth=1'];
    const refspec = `+refs/heads/${branch}:${reference}`;
    const fetched = await this.git.run([...fetch, '--filter=blob:none', 'origin', refspec], {
      accept: [0, 128],
    });
    if (fetched.status !== 0) {
      if (fetched.stderr.includes("couldn't find remote ref")) return emptyTree;
      throw new GitError('git fetch', fetched.status, fetched.stderr);
    }
    const commit = await this.git.text('rev-parse', '--verify', reference);
    return readTree(this.git, commit, async () => {
      await this.git.run([...fetch, '--no-filter', '--refetch', 'origin', refspec]);
    });
  }

  /** What became of some files on a branch, newest first; only their own contents are fetched. */
  async history(branch: string, paths: readonly string[]): Promise<readonly FileVersion[]> {
    if (await this.isAbsent()) return [];
    return readFileHistory(this.git, branch, paths);
  }

  async isOwn(commit: string, identity: Identity): Promise<boolean> {
    return (await this.committerOf(commit)) === formatIdentity(identity);
  }

  async committerOf(commit: string): Promise<string> {
    return this.git.text('log', '-1', '--no-show-signature', '--format=%cn <%ce>', commit);
  }

  async contentOf(commit: string): Promise<string> {
    return this.git.text('rev-parse', '--verify', `${commit}^{tree}`);
  }

  /** Is a commit another one of the branch, or below it? Only commits are fetched, and of those the newest. */
  async isHeld(commit: string, by: string, branch: string): Promise<boolean> {
    const reference = `refs/driftloop-held/${branch}`;
    const fetch = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', `--depth=${heldDepth}`];
    const refspec = `+refs/heads/${branch}:${reference}`;
    await this.git.run([...fetch, '--filter=tree:0', 'origin', refspec]);
    // 128: the branch does not have it, so it is older than what was fetched.
    const { status } = await this.git.run(['merge-base', '--is-ancestor', commit, by], {
      accept: [0, 1, 128],
    });
    return status === 0;
  }

  async commit(content: CommitContent): Promise<string> {
    const output = await this.git.run(['fast-import', '--quiet', '--done', '--force', '--date-format=raw'], {
      input: importStream(content),
    });
    const commit = output.stdout.toString('utf8').trim();
    const signed = this.signed || (await asksForSignature(this.git));
    return signed ? signCommit(this.git, commit, content) : commit;
  }

  async push(commit: string, branch: string, expected?: ExpectedHead): Promise<PushOutcome> {
    if (this.embeddedIn !== undefined) await ensureEmbeddedRepository(this.embeddedIn);
    const lease =
      expected === undefined ? [] : [`--force-with-lease=refs/heads/${branch}:${expected.commit ?? ''}`];
    const output = await this.git.run(
      ['push', '--porcelain', '--no-verify', ...lease, 'origin', `${commit}:refs/heads/${branch}`],
      { accept: [0, 1] },
    );
    if (output.status === 0) return 'pushed';
    const report = `${output.stdout.toString('utf8')}\n${output.stderr}`;
    if (isOutdated(report)) return 'outdated';
    throw refusedPush(report, branch);
  }

  async branchesLike(pattern: string): Promise<readonly string[]> {
    if (await this.isAbsent()) return [];
    const listing = await this.git.text('ls-remote', '--heads', 'origin', `refs/heads/${pattern}`);
    return listing.split('\n').flatMap((line) => line.split('\trefs/heads/')[1] ?? []);
  }

  async deleteBranch(branch: string, expected: string): Promise<void> {
    const reference = `refs/heads/${branch}`;
    const lease = `--force-with-lease=${reference}:${expected}`;
    await this.git.run(['push', '--porcelain', '--no-verify', lease, 'origin', `:${reference}`], {
      accept: [0, 1],
    });
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
