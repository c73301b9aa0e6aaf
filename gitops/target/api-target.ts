import type { CommitContent } from '../git/commit.js';
import type { GitData } from '../forges/git-data.js';
import type { GitTree, TreeChange } from '../forges/git-data-answers.js';
import { OutsideError } from '../outside-error.js';
import type { ExpectedHead, PushOutcome, TargetRepository } from './target-repository.js';
import { emptyTree, entryOf, maximumFileSize } from './target-tree.js';
import type { TargetTree, TreeEntry } from './target-tree.js';

/** So many changes go into one request, and so many files are read at a time. */
const portion = 500;
const width = 8;

/** Names the content of a commit that the API made for us: one whose content is another one was made by somebody else. */
const contentTrailer = 'Driftloop-Tree';

/**
 * A GitOps repository on GitHub, over its API: no Git program, no clone, and commits that GitHub signs for an app. Who
 * commits is the token, so what is ours is known by what the commit says of its content.
 */
export class ApiTarget implements TargetRepository {
  private readonly heads = new Map<string, string | undefined>();

  constructor(
    private readonly data: GitData,
    /** Must GitHub have verified what is pushed? */
    private readonly signed: boolean,
  ) {}

  async fetch(branch: string): Promise<TargetTree> {
    const commit = await this.data.head(branch);
    this.heads.set(branch, commit);
    if (commit === undefined) return emptyTree;
    const { tree } = await this.data.commit(commit);
    const entries = await this.list(tree.sha);
    return { commit, entries, read: (paths) => this.read(entries, paths) };
  }

  async commit({ parent, files, message }: CommitContent): Promise<string> {
    const base = parent === undefined ? undefined : (await this.data.commit(parent)).tree.sha;
    let tree = base;
    for (const changes of inPortions([...files].map(describeChange), portion))
      tree = await this.data.createTree(tree, changes);
    if (tree === undefined) throw new Error('a commit without files was asked for');
    const parents = parent === undefined ? [] : [parent];
    const made = await this.data.createCommit(
      withTrailer(message, `${contentTrailer}: ${tree}`),
      tree,
      parents,
    );
    if (this.signed && !made.verification.verified) {
      throw new OutsideError(`GitHub has not signed the commit (${made.verification.reason})`, {
        hint: 'Nothing was pushed. Commits must be signed (`delivery.signed`), and GitHub signs those of apps: use the token of one, or `commits: git` with a key.',
      });
    }
    return made.sha;
  }

  async push(commit: string, branch: string, expected?: ExpectedHead): Promise<PushOutcome> {
    const known = this.heads.get(branch);
    const moved = await (expected !== undefined
      ? this.data.replaceBranch(branch, expected.commit, commit)
      : known === undefined
        ? this.data.createBranch(branch, commit)
        : this.data.forwardBranch(branch, commit));
    return moved ? 'pushed' : 'outdated';
  }

  async contentOf(commit: string): Promise<string> {
    return (await this.data.commit(commit)).tree.sha;
  }

  async isOwn(commit: string): Promise<boolean> {
    const { message, tree } = await this.data.commit(commit);
    return message.split('\n').includes(`${contentTrailer}: ${tree.sha}`);
  }

  async committerOf(commit: string): Promise<string> {
    const { author } = await this.data.commit(commit);
    return `${author.name} <${author.email}>`;
  }

  async branchesLike(pattern: string): Promise<readonly string[]> {
    const [beginning = '', rest] = pattern.split('*');
    const found = await this.data.branches(beginning);
    return rest === undefined ? found.filter((name) => name === pattern) : found;
  }

  async deleteBranch(branch: string, expected: string): Promise<void> {
    await this.data.replaceBranch(branch, expected, undefined);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Folder by folder where the repository is too large for one answer. */
  private async list(sha: string, folder = ''): Promise<ReadonlyMap<string, TreeEntry>> {
    const whole = await this.data.tree(sha, true);
    if (!whole.truncated) return new Map(entriesOf(whole, folder));
    const level = await this.data.tree(sha, false);
    const entries = new Map(entriesOf(level, folder));
    for (const { type, path, sha: below } of level.tree) {
      if (type !== 'tree') continue;
      for (const [name, entry] of await this.list(below, `${folder}${path}/`)) entries.set(name, entry);
    }
    return entries;
  }

  private async read(
    entries: ReadonlyMap<string, TreeEntry>,
    paths: Iterable<string>,
  ): Promise<ReadonlyMap<string, Buffer>> {
    const files = new Map<string, Buffer>();
    const wanted = [...new Set(paths)].flatMap((path) => {
      const entry = entries.get(path);
      return entry?.kind === 'file' ? [[path, entry.objectId] as const] : [];
    });
    for (const part of inPortions(wanted, width)) {
      const read = await Promise.all(
        part.map(async ([path, id]) => [path, await this.data.blob(id)] as const),
      );
      for (const [path, content] of read) if (content.length <= maximumFileSize) files.set(path, content);
    }
    return files;
  }
}

function* entriesOf({ tree }: GitTree, folder: string): Generator<readonly [string, TreeEntry]> {
  for (const { path, mode, type, sha } of tree)
    if (type !== 'tree') yield [`${folder}${path}`, entryOf(mode, sha)];
}

function describeChange([path, text]: readonly [string, string | undefined]): TreeChange {
  const file = { path, mode: '100644', type: 'blob' } as const;
  return text === undefined ? { ...file, sha: null } : { ...file, content: text };
}

/** Behind the trailers of the message, or a paragraph of its own. */
function withTrailer(message: string, trailer: string): string {
  const text = message.trimEnd();
  const last = text.split('\n\n').at(-1) ?? '';
  const trailed =
    text.includes('\n\n') && last.split('\n').every((line) => /^[A-Za-z][A-Za-z-]*: /.test(line));
  return `${text}${trailed ? '\n' : '\n\n'}${trailer}\n`;
}

function* inPortions<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}
