import { createHash } from 'node:crypto';
import type { Git } from '../git/git.js';

export interface TreeEntry {
  readonly kind: 'file' | 'symlink' | 'submodule';
  /** Git's name of the content. */
  readonly objectId: string;
}

/** One commit of the target: what stands where, and the contents on demand. Nothing is ever checked out. */
export interface TargetTree {
  /** undefined: the branch does not exist yet, or the repository is empty. */
  readonly commit: string | undefined;
  /** By path, `/` between its parts. */
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** Contents of files by path; absent paths, other kinds and files above `maximumFileSize` are left out. */
  read(paths: Iterable<string>): Promise<ReadonlyMap<string, Buffer>>;
}

/** Larger files cannot be ours. */
export const maximumFileSize = 8 * 1024 * 1024;

export const emptyTree: TargetTree = {
  commit: undefined,
  entries: new Map(),
  read: () => Promise.resolve(new Map()),
};

/** The tree of a commit that was fetched without its contents. */
export async function readTree(git: Git, commit: string, fallback: () => Promise<void>): Promise<TargetTree> {
  const listing = await git.run(['ls-tree', '-r', '-z', '--full-tree', commit]);
  const entries = parseListing(listing.stdout.toString('utf8'));
  return {
    commit,
    entries,
    read: (paths) => readFiles(git, entries, paths, fallback),
  };
}

/** Git's name of a content, to compare without fetching: `blob <size>\0<content>`, hashed as the repository does. */
export function objectIdOf(content: string | Uint8Array, like: string): string {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return createHash(like.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

/** @param mode as Git writes it: `100644` */
export function entryOf(mode: string, objectId: string): TreeEntry {
  const kind = mode === '120000' ? 'symlink' : mode === '160000' ? 'submodule' : 'file';
  return { kind, objectId };
}

function parseListing(listing: string): ReadonlyMap<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>();
  for (const line of listing.split('\0')) {
    const tab = line.indexOf('\t');
    const [mode, , objectId] = line.slice(0, Math.max(tab, 0)).split(' ');
    if (mode === undefined || objectId === undefined) continue;
    entries.set(line.slice(tab + 1), entryOf(mode, objectId));
  }
  return entries;
}

async function readFiles(
  git: Git,
  entries: ReadonlyMap<string, TreeEntry>,
  paths: Iterable<string>,
  fallback: () => Promise<void>,
): Promise<ReadonlyMap<string, Buffer>> {
  const wanted = new Map<string, string>();
  for (const path of paths) {
    const entry = entries.get(path);
    if (entry?.kind === 'file') wanted.set(path, entry.objectId);
  }
  const contents = await readObjects(git, [...new Set(wanted.values())], fallback);
  const files = new Map<string, Buffer>();
  for (const [path, objectId] of wanted) {
    const content = contents.get(objectId);
    if (content !== undefined) files.set(path, content);
  }
  return files;
}

/** Contents by Git's name; what is no file, or too large, is left out. */
export async function readObjects(
  git: Git,
  objectIds: readonly string[],
  fallback: () => Promise<void>,
): Promise<ReadonlyMap<string, Buffer>> {
  if (objectIds.length === 0) return new Map();
  await fetchMissing(git, objectIds, fallback);
  const check = await git.run(['cat-file', '--batch-check'], { input: `${objectIds.join('\n')}\n` });
  const readable = check.stdout
    .toString('utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, type, size]) => type === 'blob' && Number(size) <= maximumFileSize)
    .map(([objectId]) => objectId ?? '');
  if (readable.length === 0) return new Map();
  const batch = await git.run(['cat-file', '--batch'], { input: `${readable.join('\n')}\n` });
  return parseBatch(batch.stdout);
}

/** One request for all contents; git would ask for each of them alone. */
async function fetchMissing(
  git: Git,
  objectIds: readonly string[],
  fallback: () => Promise<void>,
): Promise<void> {
  const listed = await git.run(['cat-file', '--batch-all-objects', '--batch-check=%(objectname)']);
  const present = new Set(listed.stdout.toString('utf8').split('\n'));
  const missing = objectIds.filter((objectId) => !present.has(objectId));
  if (missing.length === 0) return;
  const { status } = await git.run(
    ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--filter=blob:none', '--stdin', 'origin'],
    {
      input: `${missing.join('\n')}\n`,
      accept: [0, 1, 128],
      // Told of our commits, the server would leave out what it thinks came with them.
      configuration: ['fetch.negotiationAlgorithm=noop'],
    },
  );
  // A server that filters but does not hand out single objects: take the whole commit.
  if (status !== 0) await fallback();
}

/** `<id> blob <size>\n<content>\n`, repeated. */
function parseBatch(output: Buffer): ReadonlyMap<string, Buffer> {
  const contents = new Map<string, Buffer>();
  let offset = 0;
  while (offset < output.length) {
    const lineEnd = output.indexOf('\n', offset);
    const [objectId = '', , size = '0'] = output.subarray(offset, lineEnd).toString('utf8').split(' ');
    const start = lineEnd + 1;
    contents.set(objectId, output.subarray(start, start + Number(size)));
    offset = start + Number(size) + 1;
  }
  return contents;
}
