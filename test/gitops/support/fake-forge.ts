import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ForgeContract } from './forge-contract.js';
import type { ForgeKind } from './forge-contract.js';
import { serveGitlab } from './fake-gitlab.js';
import { serveHub } from './fake-hub.js';

export interface FakePullRequest {
  number: number;
  state: 'open' | 'closed' | 'merged';
  title: string;
  body: string;
  head: string;
  base: string;
  draft?: boolean;
  labels?: string[];
  reviewers?: string[];
  assignees?: string[];
  comments?: { readonly id: number; body: string }[];
  autoMerge?: string;
}

export interface ForgeRequest {
  readonly method: string;
  readonly path: string;
  /** Below the API's base URL. */
  readonly route: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface FakeForgeOptions {
  readonly kind: ForgeKind;
  /** Certificate and key, in PEM; absent: it speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Bare repository behind the API of Git objects; absent: there is no such API. */
  readonly repository?: string;
  /** Does the forge sign what is committed over its API? Default true. */
  readonly verified?: boolean;
  /** So many entries of a tree fit into one answer. Default all. */
  readonly treeLimit?: number;
  /** Answers instead of the forge where it returns something; `cut` breaks the connection. */
  readonly interfere?: (
    request: ForgeRequest,
    forge: FakeForge,
  ) => { status: number; headers?: Readonly<Record<string, string>>; body?: unknown } | 'cut' | undefined;
}

export interface FakeForge extends Pick<FakeForgeOptions, 'repository' | 'verified' | 'treeLimit'> {
  readonly kind: ForgeKind;
  readonly origin: string;
  readonly apiUrl: string;
  readonly pullRequests: FakePullRequest[];
  readonly labels: string[];
  /** Context and state, by commit. */
  readonly statuses: Map<string, Map<string, string>>;
  readonly requests: ForgeRequest[];
  readonly contract: ForgeContract;
  close(): Promise<void>;
}

export type Reply = (status: number, body: unknown, headers?: Readonly<Record<string, string>>) => void;

export const forgeToken = 'forge-token-secret';
const prefixes = { github: '/api/v3', gitea: '/api/v1', gitlab: '/api/v4' } as const;

/**
 * The part of the APIs that driftloop uses, in memory. Requests and answers are held against what the forges publish
 * (test/fixtures/forges); expectContract tells what is not as it is described there.
 */
export async function startFakeForge(options: FakeForgeOptions): Promise<FakeForge> {
  const listen = (request: IncomingMessage, response: ServerResponse) => {
    void answer(forge, options, request, response);
  };
  const { tls } = options;
  const server = tls === undefined ? createServer(listen) : createSecureServer(tls, listen);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const forge: FakeForge = {
    ...options,
    origin,
    apiUrl: `${origin}${prefixes[options.kind]}`,
    pullRequests: [],
    labels: [],
    statuses: new Map(),
    requests: [],
    contract: new ForgeContract(options.kind),
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
  const request = await readRequest(forge, incoming);
  forge.requests.push(request);
  const { method, route } = request;
  const send = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
  if (incoming.headers.authorization !== `Bearer ${forgeToken}`) {
    send(401, { message: 'Bad credentials' });
    return;
  }
  if (!route.startsWith('/graphql'))
    forge.contract.checkRequest(
      method,
      route,
      request.query,
      Object.keys(request.body).length > 0 ? request.body : undefined,
    );
  const interference = options.interfere?.(request, forge);
  if (interference === 'cut') {
    incoming.socket.destroy();
    return;
  }
  if (interference !== undefined) {
    send(interference.status, interference.body ?? { message: 'interfered' }, interference.headers);
    return;
  }
  const reply: Reply = (status, body, headers) => {
    forge.contract.checkAnswer(method, route, status, body);
    send(status, body, headers);
  };
  if (forge.kind === 'gitlab') serveGitlab(forge, request, reply);
  else serveHub(forge, request, reply);
}

async function readRequest(forge: FakeForge, incoming: IncomingMessage): Promise<ForgeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const url = new URL(incoming.url ?? '/', forge.origin);
  return {
    method: incoming.method ?? '',
    path: url.pathname,
    route: url.pathname.replace(/^\/api(\/v\d)?/, ''),
    query: url.searchParams,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}

export function namesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

export function setStatus(forge: FakeForge, commit: string, context: string, state: string): void {
  const statuses = forge.statuses.get(commit) ?? new Map<string, string>();
  forge.statuses.set(commit, statuses.set(context, state));
}

/** An open one between the branches, if there is none already. */
export function addPullRequest(
  forge: FakeForge,
  content: Pick<FakePullRequest, 'title' | 'body' | 'head' | 'base'> & { draft?: boolean },
): FakePullRequest | undefined {
  const { head, base } = content;
  const exists = forge.pullRequests.some(
    (other) => other.state === 'open' && other.head === head && other.base === base,
  );
  if (exists) return undefined;
  const created: FakePullRequest = { number: forge.pullRequests.length + 1, state: 'open', ...content };
  forge.pullRequests.push(created);
  return created;
}
