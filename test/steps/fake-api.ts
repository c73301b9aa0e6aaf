import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { KubernetesApi } from '../../steps/kubernetes-api.js';

interface StoredObject {
  metadata: {
    name: string;
    resourceVersion?: string;
    annotations?: Record<string, string>;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

/** An API server that keeps objects of one namespace, with the conflicts of a real one. */
export class FakeApi {
  /** By `resource/name`. */
  readonly objects = new Map<string, StoredObject>();
  readonly requests: string[] = [];
  /** Runs before a request is answered, to be faster than its sender. */
  before: (request: string) => void = () => undefined;
  /** What every request gets instead of an answer. */
  refusal: { status: number; body: string } | undefined;
  private readonly server: Server;
  private version = 0;

  /** @param tls certificate and key, in PEM; absent: it speaks plain HTTP */
  constructor(tls?: { readonly cert: string; readonly key: string }) {
    const listen = (request: IncomingMessage, response: ServerResponse) => {
      void this.answer(request, response);
    };
    this.server = tls === undefined ? createServer(listen) : createSecureServer(tls, listen);
  }

  /** Once it is started. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async start(): Promise<KubernetesApi> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return new KubernetesApi({
      server: `http://127.0.0.1:${this.port}`,
      namespace: 'tools',
      token: () => 'secret',
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  put(resource: string, object: StoredObject): void {
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(++this.version) } };
    this.objects.set(`${resource}/${object.metadata.name}`, stored);
  }

  /** A PipelineRun whose condition Succeeded has this status; undefined: it has none yet. */
  putRun(
    name: string,
    succeeded: 'True' | 'False' | 'Unknown' | undefined,
    creationTimestamp = '2026-11-21T02:10:26Z',
    labels: Readonly<Record<string, string>> = {},
    reason?: string,
  ): void {
    const conditions =
      succeeded === undefined ? [] : [{ type: 'Succeeded', status: succeeded, ...(reason && { reason }) }];
    this.put('pipelineruns', { metadata: { name, creationTimestamp, labels }, status: { conditions } });
  }

  /** A finished task of a run, which the run names as its child. */
  putTask(run: string, stage: string, results: Readonly<Record<string, string>> = {}, failed?: string): void {
    const name = `${run}-${stage}`;
    const condition = failed === undefined ? { status: 'True' } : { status: 'False', message: failed };
    this.put('taskruns', {
      metadata: { name },
      status: {
        conditions: [{ type: 'Succeeded', ...condition }],
        results: Object.entries(results).map(([key, value]) => ({ name: key, type: 'string', value })),
      },
    });
    const found = this.objects.get(`pipelineruns/${run}`);
    const status = (found?.status ?? {}) as { childReferences?: object[] };
    const child = { apiVersion: 'tekton.dev/v1', kind: 'TaskRun', name, pipelineTaskName: stage };
    const childReferences = [...(status.childReferences ?? []), child];
    this.put('pipelineruns', { metadata: { name: run }, ...found, status: { ...status, childReferences } });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const match =
      /^\/apis\/[a-z0-9.]+\/v1[a-z0-9]*\/namespaces\/(?:tools|argocd|mlops-test|mlops-toolings)\/([a-z]+)(?:\/([a-z0-9.-]+))?$/.exec(
        request.url ?? '',
      );
    const [, resource = '', name = ''] = match ?? [];
    const line = `${request.method ?? ''} ${resource}/${name}`;
    this.requests.push(line);
    this.before(line);
    const [status, body] = this.handle(request, resource, name, Buffer.concat(chunks).toString());
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  }

  private handle(request: IncomingMessage, resource: string, name: string, text: string): [number, string] {
    if (this.refusal !== undefined) return [this.refusal.status, this.refusal.body];
    if (request.headers.authorization !== 'Bearer secret') return failure(401, 'Unauthorized');
    const stored = this.objects.get(`${resource}/${name}`);
    if (request.method === 'GET') {
      return stored === undefined ? failure(404, 'not found') : [200, JSON.stringify(stored)];
    }
    const object = JSON.parse(text) as StoredObject;
    if (request.method === 'PATCH') {
      if (stored === undefined) return failure(404, 'not found');
      if (request.headers['content-type'] !== 'application/merge-patch+json')
        return failure(415, 'which patch?');
      this.put(resource, merge(stored, object) as StoredObject); // What is merged into an object is one.
      return [200, JSON.stringify(this.objects.get(`${resource}/${name}`))];
    }
    const key = `${resource}/${object.metadata.name}`;
    if (request.method === 'POST') {
      if (this.objects.has(key)) return failure(409, 'already exists');
    } else if (stored === undefined) {
      return failure(404, 'not found');
    } else if (stored.metadata.resourceVersion !== object.metadata.resourceVersion) {
      return failure(409, 'the object has been modified');
    }
    this.put(resource, object);
    return [200, JSON.stringify(this.objects.get(key))];
  }
}

/** RFC 7396. */
function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const before = typeof target === 'object' && target !== null ? Object.entries(target) : [];
  const merged = new Map<string, unknown>(before);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, merge(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

function failure(code: number, message: string): [number, string] {
  return [code, JSON.stringify({ kind: 'Status', status: 'Failure', code, message })];
}
