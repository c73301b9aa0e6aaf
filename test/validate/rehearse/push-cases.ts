import type { ForgeKind } from '../../../config/model-triggers.js';
import { forgeKinds } from '../../../config/model-triggers.js';
import type { RehearsalRequest } from '../../../validate/rehearse/rehearsal.js';
import type { Changes } from '../good-manifests.js';
import { readBody, webhook } from './webhook.js';

/** A request and whether it starts a run of the forge's model. */
export interface PushCase {
  readonly name: string;
  readonly kind: ForgeKind;
  readonly request: RehearsalRequest;
  readonly starts: boolean;
}

const zeros = '0'.repeat(40);

/** Where each forge says what a push is about. */
interface Places {
  /** Header with the kind of event, and the one that proves the origin. */
  readonly event: string;
  readonly proof: string;
  readonly commit: string;
  readonly repository: string;
  readonly ref: (ref: string) => Changes;
  readonly deleted: Changes;
}

const refPush = {
  commit: 'after',
  repository: 'repository.full_name',
  ref: (ref: string) => ({ ref }),
  deleted: { after: zeros, deleted: true, commits: [], head_commit: null, checkout_sha: null },
};

const places: Readonly<Record<ForgeKind, Places>> = {
  github: { ...refPush, event: 'X-GitHub-Event', proof: 'X-Hub-Signature-256' },
  gitea: { ...refPush, event: 'X-GitHub-Event', proof: 'X-Hub-Signature-256' },
  gitlab: {
    ...refPush,
    event: 'X-Gitlab-Event',
    proof: 'X-Gitlab-Token',
    repository: 'project.path_with_namespace',
  },
  bitbucket: {
    event: 'X-Event-Key',
    proof: 'X-Hub-Signature',
    commit: 'push.changes.0.new.target.hash',
    repository: 'repository.full_name',
    ref: (ref) => ({
      'push.changes.0.new.type': ref.startsWith('refs/tags/') ? 'tag' : 'branch',
      'push.changes.0.new.name': ref.replace(/^refs\/(heads|tags)\//, ''),
    }),
    deleted: { 'push.changes.0.new': null, 'push.changes.0.closed': true },
  },
  'bitbucket-datacenter': {
    event: 'X-Event-Key',
    proof: 'X-Hub-Signature',
    commit: 'changes.0.toHash',
    repository: 'repository.slug',
    ref: (ref) => ({ 'changes.0.refId': ref }),
    deleted: { 'changes.0.toHash': zeros, 'changes.0.type': 'DELETE' },
  },
};

type SignedCase = readonly [name: string, starts: boolean, changes: Changes];

/** Bodies that the forge has signed. */
function listSigned(kind: ForgeKind): readonly SignedCase[] {
  const { ref, commit, repository, deleted } = places[kind];
  const everything = Object.keys(readBody(`${kind}-push`)).map((name) => [name, undefined] as const);
  return [
    ['captured', true, {}],
    ['other-listed-branch', true, ref('refs/heads/release/1')],
    ['D67-branch-below-main', false, ref('refs/heads/main/x')],
    ['D67-branch-named-like-a-ref', false, ref('refs/heads/refs/heads/main')],
    ['D55-other-branch', false, ref('refs/heads/feature')],
    ['tag', false, ref('refs/tags/main')],
    ['deleted-branch', false, deleted],
    ['D33-other-repository', false, { [repository]: 'stranger/jukebox' }],
    ['sha256-repository', true, { [commit]: 'ab'.repeat(32) }],
    ['commit-too-short', false, { [commit]: 'a'.repeat(39) }],
    ['commit-in-capitals', false, { [commit]: 'A'.repeat(40) }],
    ['commit-number', false, { [commit]: 12 }],
    ['commit-null', false, { [commit]: null }],
    ['D35-commit-with-variable', false, { [commit]: '$(context.pipelineRun.name)' }],
    ['D35-commit-with-shell', false, { [commit]: `${'a'.repeat(40)}\n$(id)` }],
    ['empty-object', false, Object.fromEntries(everything)],
  ];
}

/** Bodies of forges that list files; the models want `src/**` and `dvc.lock`, but no `**\/*.md`. */
const filtered: readonly SignedCase[] = [
  ['D54-one-commit', true, touch({ modified: ['src/train.mjs'] })],
  ['D54-only-in-the-first-of-three', true, touch({ added: ['src/a/b.mjs'] }, {}, {})],
  ['D54-no-commits', false, touch()],
  ['removed-file', true, touch({ removed: ['dvc.lock'] })],
  ['files-elsewhere', false, touch({ modified: ['docs/a.txt', 'other/src/a', 'xsrc/a', 'dvcxlock'] })],
  ['ignored-file', false, touch({ modified: ['src/README.md'] }, { added: ['README.md'] })],
  ['ignored-and-wanted', true, touch({ modified: ['src/README.md', 'src/x'] })],
  ['lists-are-null', false, touch({ added: null, removed: null, modified: null })],
  ['D35-hostile-names', false, touch({ added: ["');exec('", '$(id)', '../src/x', 'a\nsrc/x'] })],
  ['commits-are-text', false, { commits: 'src/x' }],
];

/** The commits of a push, each with the files that are given. */
function touch(...commits: readonly object[]): Changes {
  const none = { added: [], removed: [], modified: [] };
  return {
    commits: commits.map((files) => ({ id: 'a'.repeat(40), ...none, ...files })),
    total_commits: commits.length,
    total_commits_count: commits.length,
  };
}

/** A forge that has left out commits, and says so, or lists as many as it ever does. */
const cut: SignedCase = [
  'list-cut',
  true,
  { commits: Array<object>(2048).fill({}), total_commits: 3000, total_commits_count: 3000 },
];

/** Requests that somebody else than the forge could send. */
function listForged(kind: ForgeKind): readonly PushCase[] {
  const { event, proof } = places[kind];
  const right = webhook(`${kind}-push`);
  const without = (name: string) =>
    Object.fromEntries(Object.entries(right.headers).filter(([header]) => header !== name));
  const proven = (value: string) => ({ ...right, headers: { ...right.headers, [proof]: value } });
  const requests: Readonly<Record<string, RehearsalRequest>> = {
    'no-proof': { ...right, headers: without(proof) },
    'wrong-proof': proven(`sha256=${'0'.repeat(64)}`),
    'no-algorithm': proven('0'.repeat(64)),
    'unknown-algorithm': proven(`md5=${'0'.repeat(32)}`),
    'not-hexadecimal': proven('sha256=zz'),
    'other-event': { ...right, headers: { ...right.headers, [event]: 'ping' } },
    'no-event': { ...right, headers: without(event) },
    // A token does not cover the body; a signature does.
    ...(kind === 'gitlab'
      ? {}
      : { 'changed-after-signing': { ...right, body: webhook(`${kind}-push`, { extra: 1 }).body } }),
  };
  return Object.entries(requests).map(([name, request]) => ({ name, kind, request, starts: false }));
}

/** Every case of every forge; the first of each is the event as it was captured. */
export const pushCases: readonly PushCase[] = forgeKinds.flatMap((kind) => {
  const bodies = [...listSigned(kind), ...(kind.startsWith('bitbucket') ? [] : [...filtered, cut])];
  return [
    ...bodies.map(([name, starts, changes]) => ({
      name,
      kind,
      request: webhook(`${kind}-push`, changes),
      starts,
    })),
    ...listForged(kind),
  ];
});
