import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakePullRequest {
  number: number;
  state: 'open' | 'closed';
  title: string;
  body: string;
  head: string;
  base: string;
}

export interface ForgeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface FakeForgeOptions {
  /** `gitea` ignores the parameters `head` and `base`, answers 409 to duplicates and lists two a page. */
  readonly kind: 'github' | 'gitea';
  /** Answers instead of the forge where it returns something. */
  readonly interfere?: (
    request: ForgeRequest,
    forge: FakeForge,
  ) => { status: number; headers?: Readonly<Record<string, string>>; body?: unknown } | undefined;
}

export interface FakeForge {
  readonly origin: string;
  readonly apiUrl: string;
  readonly pullRequests: FakePullRequest[];
  readonly requests: ForgeRequest[];
  close(): Promise<void>;
}

export const forgeToken = 'forge-token-secret';
const collection = /^\/api\/v[13]\/repos\/mlops\/gitops\/pulls$/;
const member = /^\/api\/v[13]\/repos\/mlops\/gitops\/pulls\/(\d+)$/;

/** The part of the pull request API that GitHub and Gitea publish, with its required fields checked. */
export async function startFakeForge(options: FakeForgeOptions): Promise<FakeForge> {
  const server = createServer((request, response) => {
    void answer(forge, options, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const forge: FakeForge = {
    origin,
    apiUrl: `${origin}/api/${options.kind === 'gitea' ? 'v1' : 'v3'}`,
    pullRequests: [],
    requests: [],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return forge;
}

async function answer(
  forge: FakeForge,
  options: FakeForgeOptions,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const url = new URL(incoming.url ?? '/', forge.origin);
  const request: ForgeRequest = {
    method: incoming.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
  forge.requests.push(request);
  const reply = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
  if (incoming.headers.authorization !== `token ${forgeToken}`) {
    reply(401, { message: 'Bad credentials' });
    return;
  }
  const interference = options.interfere?.(request, forge);
  if (interference !== undefined) {
    reply(interference.status, interference.body ?? { message: 'interfered' }, interference.headers);
    return;
  }
  serve(forge, options, request, reply);
}

type Reply = (status: number, body: unknown, headers?: Readonly<Record<string, string>>) => void;

function serve(forge: FakeForge, options: FakeForgeOptions, request: ForgeRequest, reply: Reply): void {
  const number = Number(member.exec(request.path)?.[1]);
  if (request.method === 'GET' && collection.test(request.path)) list(forge, options, request, reply);
  else if (request.method === 'POST' && collection.test(request.path)) create(forge, options, request, reply);
  else if (request.method === 'PATCH' && number > 0) update(forge, number, request, reply);
  else reply(404, { message: 'Not Found' });
}

function list(
  forge: FakeForge,
  options: FakeForgeOptions,
  { query, path }: ForgeRequest,
  reply: Reply,
): void {
  const state = query.get('state') ?? 'open';
  const matching = forge.pullRequests.filter(
    (candidate) =>
      (state === 'all' || candidate.state === state) &&
      (options.kind === 'gitea' ||
        ((query.get('head') ?? `mlops:${candidate.head}`) === `mlops:${candidate.head}` &&
          (query.get('base') ?? candidate.base) === candidate.base)),
  );
  const size = options.kind === 'gitea' ? 2 : Number(query.get('per_page') ?? '30');
  const page = Number(query.get('page') ?? '1');
  const next = `<${forge.origin}${path}?state=${state}&page=${page + 1}>; rel="next"`;
  reply(
    200,
    matching.slice((page - 1) * size, page * size).map((found) => describe(forge, options, found)),
    matching.length > page * size ? { Link: next } : {},
  );
}

function create(forge: FakeForge, options: FakeForgeOptions, { body }: ForgeRequest, reply: Reply): void {
  const { title, head, base, body: text } = body;
  if (
    ![title, head, base, text].every((field) => typeof field === 'string') ||
    String(text).length > 65_536
  ) {
    reply(422, { message: 'Validation Failed' });
    return;
  }
  const exists = forge.pullRequests.some(
    (other) => other.state === 'open' && other.head === head && other.base === base,
  );
  if (exists) {
    reply(options.kind === 'gitea' ? 409 : 422, { message: 'A pull request already exists.' });
    return;
  }
  const created: FakePullRequest = {
    number: forge.pullRequests.length + 1,
    state: 'open',
    title: String(title),
    body: String(text),
    head: String(head),
    base: String(base),
  };
  forge.pullRequests.push(created);
  reply(201, describe(forge, options, created));
}

function update(forge: FakeForge, number: number, { body }: ForgeRequest, reply: Reply): void {
  const found = forge.pullRequests.find((candidate) => candidate.number === number);
  if (found === undefined) {
    reply(404, { message: 'Not Found' });
    return;
  }
  Object.assign(found, body);
  reply(200, describe(forge, { kind: 'github' }, found));
}

function describe(
  forge: FakeForge,
  { kind }: Pick<FakeForgeOptions, 'kind'>,
  found: FakePullRequest,
): object {
  return {
    number: found.number,
    html_url: `${forge.origin}/mlops/gitops/pulls/${found.number}`,
    state: found.state,
    title: found.title,
    body: found.body,
    head: { ref: found.head, label: kind === 'gitea' ? found.head : `mlops:${found.head}` },
    base: { ref: found.base },
  };
}
