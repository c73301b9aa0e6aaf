import { serveGitData } from './fake-git-data.js';
import { addPullRequest, namesOf, setStatus } from './fake-forge.js';
import type { FakeForge, FakePullRequest, ForgeRequest, Reply } from './fake-forge.js';

/** GitHub, and Gitea, which ignores `head`, gives labels numbers, answers 409 to duplicates and lists two a page. */
export function serveHub(forge: FakeForge, request: ForgeRequest, reply: Reply): void {
  if (serveGitData(forge, request, reply)) return;
  const handler = handlers.find(
    ({ method, route }) => method === request.method && route.test(request.route),
  );
  const key = handler?.route.exec(request.route)?.[1] ?? '';
  if (handler === undefined) reply(404, { message: 'Not Found' });
  else handler.serve(forge, request, reply, key);
}

type Serve = (forge: FakeForge, request: ForgeRequest, reply: Reply, key: string) => void;

const base = '^/repos/mlops/gitops';
const at = (method: string, route: string, serve: Serve) => ({
  method,
  route: new RegExp(`${base}${route}$`),
  serve,
});

const handlers = [
  at('GET', '/pulls', list),
  at('POST', '/pulls', create),
  at('GET', String.raw`/pulls/(\d+)`, (forge, _, reply, key) => {
    withPullRequest(forge, key, reply, (found) => {
      reply(200, describe(forge, found));
    });
  }),
  at('PATCH', String.raw`/pulls/(\d+)`, update),
  at('POST', String.raw`/pulls/(\d+)/merge`, scheduleMerge),
  at('POST', String.raw`/pulls/(\d+)/requested_reviewers`, (forge, { body }, reply, key) => {
    withPullRequest(forge, key, reply, (found) => {
      found.reviewers = namesOf(body.reviewers);
      reply(201, forge.kind === 'gitea' ? [] : describe(forge, found));
    });
  }),
  at('POST', String.raw`/issues/(\d+)/assignees`, (forge, { body }, reply, key) => {
    withPullRequest(forge, key, reply, (found) => {
      found.assignees = namesOf(body.assignees);
      reply(201, { number: found.number });
    });
  }),
  at('GET', '/labels', (forge, _, reply) => {
    reply(
      200,
      forge.labels.map((name, index) => ({ id: index + 1, name })),
    );
  }),
  at('POST', '/labels', (forge, { body }, reply) => {
    forge.labels.push(String(body.name));
    reply(201, { id: forge.labels.length, name: String(body.name) });
  }),
  at('POST', String.raw`/issues/(\d+)/labels`, addLabels),
  at('GET', String.raw`/issues/(\d+)/comments`, (forge, _, reply, key) => {
    withPullRequest(forge, key, reply, ({ comments = [] }) => {
      reply(200, comments);
    });
  }),
  at('POST', String.raw`/issues/(\d+)/comments`, (forge, { body }, reply, key) => {
    withPullRequest(forge, key, reply, (found) => {
      const comment = { id: found.number * 100 + (found.comments?.length ?? 0), body: String(body.body) };
      found.comments = [...(found.comments ?? []), comment];
      reply(201, comment);
    });
  }),
  at('PATCH', String.raw`/issues/comments/(\d+)`, (forge, { body }, reply, key) => {
    const comments = forge.pullRequests.flatMap((found) => found.comments ?? []);
    const comment = comments.find(({ id }) => id === Number(key));
    if (comment === undefined) {
      reply(404, { message: 'Not Found' });
      return;
    }
    comment.body = String(body.body);
    reply(200, comment);
  }),
  at('POST', '/statuses/([0-9a-f]+)', (forge, { body }, reply, key) => {
    setStatus(forge, key, String(body.context), String(body.state));
    reply(201, { context: String(body.context) });
  }),
  {
    method: 'POST',
    route: /^\/graphql$/,
    serve: (forge: FakeForge, { body }: ForgeRequest, reply: Reply) => {
      const { pullRequestId, expectedHeadOid } = body.variables as Readonly<Record<string, string>>;
      const found = forge.pullRequests.find(({ number }) => `PR_${number}` === pullRequestId);
      if (found === undefined) {
        reply(200, { errors: [{ message: 'Could not resolve to a node' }] });
        return;
      }
      found.autoMerge = String(expectedHeadOid);
      reply(200, { data: { enablePullRequestAutoMerge: { clientMutationId: null } } });
    },
  },
];

function list(forge: FakeForge, { query, path }: ForgeRequest, reply: Reply): void {
  const state = query.get('state') ?? 'open';
  const gitea = forge.kind === 'gitea';
  const matching = forge.pullRequests.filter(
    (candidate) =>
      (state === 'all' || (candidate.state === 'open') === (state === 'open')) &&
      (gitea || (query.get('head') ?? `mlops:${candidate.head}`) === `mlops:${candidate.head}`) &&
      (query.get(gitea ? 'base_branch' : 'base') ?? candidate.base) === candidate.base,
  );
  const size = gitea ? 2 : Number(query.get('per_page') ?? '30');
  const page = Number(query.get('page') ?? '1');
  const next = `<${forge.origin}${path}?state=${state}&page=${page + 1}>; rel="next"`;
  reply(
    200,
    matching.slice((page - 1) * size, page * size).map((found) => describe(forge, found)),
    matching.length > page * size ? { Link: next } : {},
  );
}

function create(forge: FakeForge, { body }: ForgeRequest, reply: Reply): void {
  const { title, head, base: target, body: text, draft } = body;
  if (String(text).length > 65_536) {
    reply(422, { message: 'Validation Failed', errors: [{ message: 'body is too long' }] });
    return;
  }
  const created = addPullRequest(forge, {
    title: String(title),
    body: String(text),
    head: String(head),
    base: String(target),
    draft: draft === true,
  });
  if (created !== undefined) {
    reply(201, describe(forge, created));
    return;
  }
  if (forge.kind === 'gitea') {
    reply(409, { message: 'pull request already exists for these targets' });
    return;
  }
  const errors = [{ message: `A pull request already exists for mlops:${String(head)}.` }];
  reply(422, { message: 'Validation Failed', errors });
}

function update(forge: FakeForge, { body }: ForgeRequest, reply: Reply, key: string): void {
  withPullRequest(forge, key, reply, (found) => {
    Object.assign(found, body);
    reply(forge.kind === 'gitea' ? 201 : 200, describe(forge, found));
  });
}

function scheduleMerge(forge: FakeForge, { body }: ForgeRequest, reply: Reply, key: string): void {
  withPullRequest(forge, key, reply, (found) => {
    if (body.merge_when_checks_succeed !== true) {
      reply(405, { message: 'not mergeable' });
      return;
    }
    if (found.autoMerge !== undefined) {
      reply(409, { message: 'already scheduled' });
      return;
    }
    found.autoMerge = String(body.head_commit_id);
    reply(200, {});
  });
}

function addLabels(forge: FakeForge, { body }: ForgeRequest, reply: Reply, key: string): void {
  withPullRequest(forge, key, reply, (found) => {
    const names = namesOf(body.labels).map((label) => forge.labels[Number(label) - 1] ?? label);
    found.labels = [...new Set([...(found.labels ?? []), ...names])];
    reply(
      200,
      found.labels.map((name) => ({ name })),
    );
  });
}

function withPullRequest(
  forge: FakeForge,
  key: string,
  reply: Reply,
  work: (found: FakePullRequest) => void,
): void {
  const found = forge.pullRequests.find(({ number }) => number === Number(key));
  if (found === undefined) reply(404, { message: 'Not Found' });
  else work(found);
}

function describe(forge: FakeForge, found: FakePullRequest): object {
  const gitea = forge.kind === 'gitea';
  return {
    number: found.number,
    ...(gitea ? { merged: found.state === 'merged' } : { node_id: `PR_${found.number}` }),
    html_url: `${forge.origin}/mlops/gitops/pulls/${found.number}`,
    state: found.state === 'open' ? 'open' : 'closed',
    ...(found.state === 'merged' ? { merged_at: '2026-11-21T12:00:00Z' } : gitea ? {} : { merged_at: null }),
    title: found.title,
    body: found.body,
    draft: gitea ? found.title.startsWith('WIP:') : found.draft === true,
    head: { ref: found.head, label: gitea ? found.head : `mlops:${found.head}` },
    base: { ref: found.base },
  };
}
