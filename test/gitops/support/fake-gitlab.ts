import { addPullRequest, setStatus } from './fake-forge.js';
import type { FakeForge, FakePullRequest, ForgeRequest, Reply } from './fake-forge.js';

const users = ['ada', 'grace'];

/** GitLab: other names for everything, a project in the path, users by number. */
export function serveGitlab(forge: FakeForge, request: ForgeRequest, reply: Reply): void {
  const { method, route, query, body } = request;
  if (method === 'GET' && route === '/users') {
    const index = users.indexOf(query.get('username') ?? '');
    reply(200, index < 0 ? [] : [{ id: index + 1, username: users[index] }]);
    return;
  }
  const rest = /^\/projects\/mlops%2Fgitops(\/.*)$/.exec(route)?.[1];
  const status = /^\/statuses\/([0-9a-f]+)$/.exec(rest ?? '')?.[1];
  if (rest === '/merge_requests') {
    if (method === 'GET') list(forge, query, reply);
    else create(forge, body, reply);
    return;
  }
  if (method === 'POST' && status !== undefined) {
    addStatus(forge, status, body, reply);
    return;
  }
  const [, number, what, note] =
    /^\/merge_requests\/(\d+)(?:\/(merge|notes))?(?:\/(\d+))?$/.exec(rest ?? '') ?? [];
  const found = forge.pullRequests.find((candidate) => candidate.number === Number(number));
  if (found === undefined) {
    reply(404, { message: '404 Not found' });
    return;
  }
  if (what === 'notes') serveNotes(found, method, Number(note), body, reply);
  else if (what === 'merge') {
    found.autoMerge = String(body.sha);
    reply(200, describe(forge, found));
  } else update(forge, found, body, reply);
}

function list(forge: FakeForge, query: URLSearchParams, reply: Reply): void {
  const found = forge.pullRequests.filter(
    ({ state, head, base }) =>
      (state === 'open') === (query.get('state') === 'opened') &&
      head === (query.get('source_branch') ?? head) &&
      base === (query.get('target_branch') ?? base),
  );
  reply(
    200,
    found.map((each) => describe(forge, each)),
  );
}

function create(forge: FakeForge, body: ForgeRequest['body'], reply: Reply): void {
  const created = addPullRequest(forge, {
    title: textOf(body.title),
    body: textOf(body.description),
    head: String(body.source_branch),
    base: String(body.target_branch),
  });
  if (created !== undefined) {
    reply(201, describe(forge, created));
    return;
  }
  reply(409, { message: ['Another open merge request already exists for this source branch: !1'] });
}

function update(forge: FakeForge, found: FakePullRequest, body: ForgeRequest['body'], reply: Reply): void {
  if (body.title !== undefined) found.title = textOf(body.title);
  if (body.description !== undefined) found.body = textOf(body.description);
  if (body.state_event === 'close') found.state = 'closed';
  if (typeof body.add_labels === 'string') found.labels = body.add_labels.split(',');
  const named = (numbers: unknown) =>
    Array.isArray(numbers) ? numbers.map((each) => users[Number(each) - 1] ?? '') : undefined;
  const [reviewers, assignees] = [named(body.reviewer_ids), named(body.assignee_ids)];
  if (reviewers !== undefined) found.reviewers = reviewers;
  if (assignees !== undefined) found.assignees = assignees;
  reply(200, describe(forge, found));
}

function serveNotes(
  found: FakePullRequest,
  method: string,
  note: number,
  body: ForgeRequest['body'],
  reply: Reply,
): void {
  const comments = (found.comments ??= []);
  if (method === 'GET') {
    reply(200, comments);
    return;
  }
  if (method === 'POST') {
    const created = { id: found.number * 100 + comments.length, body: String(body.body) };
    comments.push(created);
    reply(201, created);
    return;
  }
  const comment = comments.find(({ id }) => id === note);
  if (comment === undefined) {
    reply(404, { message: '404 Not found' });
    return;
  }
  comment.body = String(body.body);
  reply(200, comment);
}

/** The same state again is a transition that its machine does not know. */
function addStatus(forge: FakeForge, commit: string, body: ForgeRequest['body'], reply: Reply): void {
  const [name, state] = [String(body.name), String(body.state)];
  if (forge.statuses.get(commit)?.get(name) === state) {
    reply(400, { message: 'Cannot transition status via :enqueue from :success' });
    return;
  }
  setStatus(forge, commit, name, state);
  reply(201, { id: 1, sha: commit, status: state, name });
}

function describe(forge: FakeForge, found: FakePullRequest): object {
  return {
    iid: found.number,
    web_url: `${forge.origin}/mlops/gitops/-/merge_requests/${found.number}`,
    state: found.state === 'open' ? 'opened' : found.state,
    title: found.title,
    description: found.body,
    source_branch: found.head,
    target_branch: found.base,
    source_project_id: 7,
    target_project_id: 7,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
