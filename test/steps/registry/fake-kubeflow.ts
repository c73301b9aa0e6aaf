import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { kubeflowSchemas } from './kubeflow-schemas.js';

interface Stored {
  readonly id: string;
  readonly kind: 'registered_models' | 'model_versions';
  readonly name: string;
  readonly parent: string;
  body: Record<string, unknown>;
  readonly artifacts: Record<string, unknown>[];
}

interface Reply {
  readonly status: number;
  readonly body: object;
}

const refused = (status: number, message: string): Reply => ({
  status,
  body: { code: String(status), message },
});

/**
 * The Kubeflow Model Registry on loopback, as far as its REST API v1alpha3 is used: what it is sent must fit the API's
 * schemas, and lists come in pages of five.
 */
export class FakeKubeflow {
  readonly stored: Stored[] = [];
  readonly requests: string[] = [];
  readonly tokens: (string | undefined)[] = [];
  /** Is it as if a registry merged properties, and never removed one? */
  merges = false;
  private server: Server | undefined;

  start(): Promise<string> {
    const server = createServer((request, response) => {
      void this.serve(request, response);
    });
    this.server = server;
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
        resolve(`http://127.0.0.1:${port}`);
      });
    });
  }

  stop(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer); // Without an encoding these are buffers.
    const url = new URL(request.url ?? '', 'http://localhost');
    const route = `${request.method ?? ''} ${url.pathname.replace('/api/model_registry/v1alpha3/', '')}`;
    this.requests.push(route);
    this.tokens.push(request.headers.authorization);
    const text = Buffer.concat(chunks).toString('utf8');
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>); // It is sent objects only.
    const { status, body: answer } = this.answer(route, url.searchParams, body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  private answer(route: string, query: URLSearchParams, body: Record<string, unknown>): Reply {
    const [method = '', path = ''] = route.split(' ');
    const [collection = '', id = '', part = ''] = path.split('/');
    const fault =
      method === 'GET' ? undefined : kubeflowSchemas.fault(method, part === '' ? collection : part, body);
    if (fault !== undefined) return refused(400, fault);
    if (collection === 'registered_model' || collection === 'model_version')
      return this.find(collection, query);
    if (collection !== 'registered_models' && collection !== 'model_versions')
      return refused(404, 'no such path');
    if (id === '') return this.create(collection, body);
    const entry = this.stored.find((each) => each.kind === collection && each.id === id);
    if (entry === undefined) return refused(404, 'not found');
    if (part === 'versions') return this.list(id, query);
    if (part === 'artifacts') return listOrAdd(entry, method, body);
    const { customProperties } = body as { customProperties?: object };
    const before = this.merges ? (entry.body.customProperties as object | undefined) : {};
    entry.body = { ...entry.body, ...body, customProperties: { ...before, ...customProperties } };
    return { status: 200, body: entry.body };
  }

  private find(kind: string, query: URLSearchParams): Reply {
    const found = this.stored.find(
      (each) =>
        each.kind === `${kind}s` &&
        each.name === query.get('name') &&
        each.parent === (query.get('parentResourceId') ?? ''),
    );
    return found === undefined ? refused(404, 'no such name') : { status: 200, body: found.body };
  }

  private create(kind: Stored['kind'], body: Record<string, unknown>): Reply {
    const { name, registeredModelId = '' } = body as { name: string; registeredModelId?: string };
    const twin = this.stored.some(
      (each) => each.kind === kind && each.name === name && each.parent === registeredModelId,
    );
    if (twin) return refused(409, 'already exists');
    const id = String(this.stored.length + 1);
    this.stored.push({ id, kind, name, parent: registeredModelId, body: { ...body, id }, artifacts: [] });
    return { status: 201, body: { ...body, id } };
  }

  private list(parent: string, query: URLSearchParams): Reply {
    const start = Number(query.get('nextPageToken') ?? 0);
    const all = this.stored.filter((each) => each.kind === 'model_versions' && each.parent === parent);
    const items = all.slice(start, start + 5).map(({ body }) => body);
    const nextPageToken = start + 5 < all.length ? String(start + 5) : '';
    return { status: 200, body: { items, nextPageToken, pageSize: 5, size: items.length } };
  }
}

function listOrAdd(entry: Stored, method: string, body: Record<string, unknown>): Reply {
  if (method === 'GET')
    return { status: 200, body: { items: entry.artifacts, nextPageToken: '', pageSize: 5, size: 1 } };
  entry.artifacts.push(body);
  return { status: 201, body };
}
