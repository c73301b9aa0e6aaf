import { execFileSync } from 'node:child_process';
import type { FakeForge, ForgeRequest, Reply } from './fake-forge.js';

/** Who GitHub says has committed over its API. */
const app = { name: 'publisher[bot]', email: 'publisher[bot]@users.noreply.example.com' };
const hex = '([0-9a-f]{40})';

type Serve = (repository: string, request: ForgeRequest, reply: Reply, key: string, forge: FakeForge) => void;

/** GitHub's API of Git objects over a bare repository: real trees, commits and references. */
export function serveGitData(forge: FakeForge, request: ForgeRequest, reply: Reply): boolean {
  const { repository } = forge;
  if (repository === undefined) return false;
  if (request.route === '/graphql') return serveGraphql(repository, request, reply);
  const base = '/repos/mlops/gitops/git';
  if (!request.route.startsWith(base)) return false;
  const rest = decodeURIComponent(request.route.slice(base.length));
  const found = handlers.find(([method, route]) => method === request.method && route.test(rest));
  if (found === undefined) return false;
  const [, route, serve] = found;
  serve(repository, request, reply, route.exec(rest)?.[1] ?? '', forge);
  return true;
}

const handlers: readonly (readonly [string, RegExp, Serve])[] = [
  ['GET', /^\/ref\/(heads\/.+)$/, readRef],
  ['GET', /^\/matching-refs\/(heads\/.*)$/, listRefs],
  ['POST', /^\/refs$/, createRef],
  ['PATCH', /^\/refs\/(heads\/.+)$/, updateRef],
  ['GET', new RegExp(`^/commits/${hex}$`), readCommit],
  ['POST', /^\/commits$/, createCommit],
  ['GET', new RegExp(`^/trees/${hex}$`), readTree],
  ['POST', /^\/trees$/, createTree],
  ['GET', new RegExp(`^/blobs/${hex}$`), readBlob],
];

function readRef(repository: string, _: ForgeRequest, reply: Reply, ref: string): void {
  if (isEmpty(repository)) reply(409, { message: 'Git Repository is empty.' });
  else if (shaOf(repository, `refs/${ref}`) === undefined) reply(404, { message: 'Not Found' });
  else reply(200, describeRef(repository, `refs/${ref}`));
}

function listRefs(repository: string, _: ForgeRequest, reply: Reply, beginning: string): void {
  const names = git(repository, ['for-each-ref', '--format=%(refname)']).split('\n');
  const found = names.filter((name) => name.startsWith(`refs/${beginning}`));
  reply(
    200,
    found.map((name) => describeRef(repository, name)),
  );
}

function createRef(repository: string, { body }: ForgeRequest, reply: Reply): void {
  const name = String(body.ref);
  if (shaOf(repository, name) !== undefined) reply(422, { message: 'Reference already exists' });
  else if (!move(repository, name, String(body.sha), zero)) reply(409, { message: 'Conflict' });
  else reply(201, describeRef(repository, name));
}

function updateRef(repository: string, { body }: ForgeRequest, reply: Reply, ref: string): void {
  const [name, sha] = [`refs/${ref}`, String(body.sha)];
  const before = shaOf(repository, name);
  if (before === undefined) reply(422, { message: 'Reference does not exist' });
  else if (!isAncestor(repository, before, sha)) reply(422, { message: 'Update is not a fast forward' });
  else if (!move(repository, name, sha, before)) reply(409, { message: 'Conflict' });
  else reply(200, describeRef(repository, name));
}

function readCommit(repository: string, _: ForgeRequest, reply: Reply, sha: string, forge: FakeForge): void {
  reply(200, describeCommit(repository, sha, forge));
}

function createCommit(
  repository: string,
  { body }: ForgeRequest,
  reply: Reply,
  _: string,
  forge: FakeForge,
): void {
  const parents = (body.parents as readonly string[]).flatMap((parent) => ['-p', parent]);
  const sha = git(
    repository,
    ['commit-tree', String(body.tree), ...parents, '-F', '-'],
    String(body.message),
  );
  reply(201, describeCommit(repository, sha, forge));
}

function readTree(
  repository: string,
  { query }: ForgeRequest,
  reply: Reply,
  sha: string,
  forge: FakeForge,
): void {
  const recursive = query.get('recursive') === '1';
  const listing = git(repository, ['ls-tree', '-z', ...(recursive ? ['-r', '-t'] : []), sha]);
  const tree = listing.split('\0').flatMap((line) => {
    const [head = '', path = ''] = line.split('\t');
    const [mode = '', type = '', id = ''] = head.split(' ');
    return path === '' ? [] : [{ path, mode, type, sha: id }];
  });
  const truncated = recursive && tree.length > (forge.treeLimit ?? Infinity);
  reply(200, { sha, truncated, tree: truncated ? tree.slice(0, forge.treeLimit) : tree });
}

function createTree(repository: string, { body }: ForgeRequest, reply: Reply): void {
  if (isEmpty(repository)) {
    reply(409, { message: 'Git Repository is empty.' });
    return;
  }
  const index = { GIT_INDEX_FILE: `${repository}/api-index-${process.hrtime.bigint()}` };
  const { base_tree: base } = body;
  if (typeof base === 'string') git(repository, ['read-tree', base], undefined, index);
  for (const entry of body.tree as readonly { path: string; sha?: null; content?: string }[]) {
    const { path, content } = entry;
    if (content === undefined) {
      git(repository, ['update-index', '--index-info'], `0 ${zero}\t${path}\n`, index);
      continue;
    }
    const blob = git(repository, ['hash-object', '-w', '--stdin'], content);
    const info = `100644,${blob},${path}`;
    git(repository, ['update-index', '--add', '--replace', '--cacheinfo', info], undefined, index);
  }
  reply(201, { sha: git(repository, ['write-tree'], undefined, index), truncated: false, tree: [] });
}

function readBlob(repository: string, _: ForgeRequest, reply: Reply, sha: string): void {
  const content = execFileSync('git', ['-C', repository, 'cat-file', 'blob', sha]);
  const answer = { content: content.toString('base64'), encoding: 'base64', size: content.length };
  reply(200, { sha, ...answer });
}

interface RefUpdate {
  readonly name: string;
  readonly beforeOid: string;
  readonly afterOid: string;
}

function serveGraphql(repository: string, { body }: ForgeRequest, reply: Reply): boolean {
  const query = String(body.query);
  if (query.includes('repository(owner')) {
    reply(200, { data: { repository: { id: 'R_1' } } });
    return true;
  }
  if (!query.includes('updateRefs')) return false;
  const { refUpdates } = body.variables as { readonly refUpdates: readonly RefUpdate[] };
  const moved = refUpdates.every(({ name, beforeOid, afterOid }) =>
    move(repository, name, afterOid, beforeOid),
  );
  reply(200, moved ? { data: { updateRefs: {} } } : { errors: [{ message: 'Reference has moved' }] });
  return true;
}

const zero = '0'.repeat(40);

/** Only if it stands there, as one step. */
function move(repository: string, name: string, to: string, from: string): boolean {
  try {
    git(repository, to === zero ? ['update-ref', '-d', name, from] : ['update-ref', name, to, from]);
    return true;
  } catch {
    return false;
  }
}

function describeRef(repository: string, ref: string): object {
  return { ref, node_id: 'REF', url: '', object: { type: 'commit', sha: shaOf(repository, ref), url: '' } };
}

function describeCommit(repository: string, sha: string, { verified = true }: FakeForge): object {
  const [tree = '', name = '', email = '', date = '', parents = '', ...message] = git(repository, [
    'log',
    '-1',
    '--format=%T%n%an%n%ae%n%aI%n%P%n%B',
    sha,
  ]).split('\n');
  const person = { name, email, date };
  const verification = {
    ...{ verified, reason: verified ? 'valid' : 'unsigned' },
    ...{ signature: null, payload: null, verified_at: null },
  };
  return {
    ...{ sha, node_id: 'C', url: '', html_url: '', author: person, committer: person, verification },
    message: message.join('\n'),
    tree: { sha: tree, url: '' },
    parents: parents
      .split(' ')
      .flatMap((parent) => (parent === '' ? [] : [{ sha: parent, url: '', html_url: '' }])),
  };
}

function isEmpty(repository: string): boolean {
  return git(repository, ['for-each-ref']) === '';
}

function shaOf(repository: string, ref: string): string | undefined {
  const found = git(repository, ['for-each-ref', '--format=%(objectname)', ref]);
  return found === '' ? undefined : found;
}

function isAncestor(repository: string, older: string, newer: string): boolean {
  return git(repository, ['merge-base', older, newer]) === older;
}

function git(
  repository: string,
  args: readonly string[],
  input?: string,
  more: Readonly<Record<string, string>> = {},
): string {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: app.name,
    GIT_AUTHOR_EMAIL: app.email,
    GIT_COMMITTER_NAME: 'GitHub',
    GIT_COMMITTER_EMAIL: 'noreply@github.com',
    ...more,
  };
  const options = { env, stdio: 'pipe', ...(input === undefined ? {} : { input }) } as const;
  return execFileSync('git', ['-C', repository, ...args], options)
    .toString('utf8')
    .replace(/\n$/, '');
}
