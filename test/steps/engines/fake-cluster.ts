import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubernetesApi } from '../../../steps/kubernetes-api.js';
import { isRecord } from '../../../synth/manifest.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { validateStructure } from '../../../validate/structure.js';

interface Stored {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly [field: string]: unknown;
}

/**
 * An API server that keeps what trains, with its Pods and their logs. What is created is held against the schema of its
 * kind; a request may be lost on its way there or back.
 */
export class FakeCluster {
  /** By `resource/name`. */
  readonly objects = new Map<string, Stored>();
  readonly requests: string[] = [];
  /** What a Pod has said, by its name. */
  readonly logs = new Map<string, string>();
  /** Runs when a request is there; `lost` ends the connection before the answer, after what it asked for was done. */
  before: (request: string) => 'lost' | undefined = () => undefined;
  created = new Date('2026-11-21T10:00:00Z');
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request, response);
    });
  }

  async start(): Promise<KubernetesApi> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as AddressInfo; // A server on a port has one.
    const server = `http://127.0.0.1:${port}`;
    return new KubernetesApi({ server, namespace: 'mlops-toolings', token: () => 'secret' });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  clear(): void {
    this.objects.clear();
    this.logs.clear();
    this.requests.length = 0;
    this.before = () => undefined;
  }

  put(resource: string, object: Stored): void {
    this.objects.set(`${resource}/${object.metadata.name}`, object);
  }

  setStatus(resource: string, name: string, status: unknown): void {
    const object = this.objects.get(`${resource}/${name}`);
    if (object !== undefined) this.put(resource, { ...object, status });
  }

  /** Objects of a kind that were ever created. */
  countCreated(resource: string): number {
    return this.requests.filter((line) => line === `POST ${resource}/`).length;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer); // A request without encoding.
    const url = new URL(request.url ?? '', 'http://cluster');
    const path = /\/namespaces\/mlops-toolings\/([a-z]+)\/?([^/]*)(\/log)?$/.exec(url.pathname);
    const [, resource = '', name = '', log] = path ?? [];
    const line = `${request.method ?? ''} ${resource}/${name}${log ?? ''}`;
    this.requests.push(line);
    const fate = this.before(line);
    const [status, body] =
      log === undefined
        ? this.handle(request.method ?? '', resource, name, url, Buffer.concat(chunks).toString())
        : [200, this.logs.get(name) ?? ''];
    if (fate === 'lost') response.destroy();
    else response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  }

  private handle(method: string, resource: string, name: string, url: URL, text: string): [number, string] {
    const key = `${resource}/${name}`;
    const found = this.objects.get(key);
    if (method === 'POST') return this.create(resource, JSON.parse(text) as Stored);
    if (name === '') return [200, JSON.stringify({ items: this.select(resource, url) })];
    if (found === undefined) return [404, '{"message": "not found"}'];
    if (method === 'DELETE') this.objects.delete(key);
    return [200, JSON.stringify(found)];
  }

  private create(resource: string, object: Stored): [number, string] {
    if (this.objects.has(`${resource}/${object.metadata.name}`))
      return [409, '{"message": "already exists"}'];
    const faults = faultsOf(object);
    if (faults !== '') return [422, JSON.stringify({ message: faults })];
    const metadata = { ...object.metadata, creationTimestamp: this.created.toISOString() };
    this.put(resource, { ...object, metadata });
    return [201, JSON.stringify(object)];
  }

  private select(resource: string, url: URL): readonly Stored[] {
    const wanted = (url.searchParams.get('labelSelector') ?? '').split(',').map((part) => part.split('='));
    return [...this.objects]
      .filter(([key]) => key.startsWith(`${resource}/`))
      .map(([, object]) => object)
      .filter(({ metadata }) => wanted.every(([label = '', value]) => metadata.labels?.[label] === value));
  }
}

/** As the API server would say it. */
function faultsOf(object: unknown): string {
  const unit = { name: 'created', directory: '', environment: undefined, model: undefined };
  if (!isRecord(object)) return 'no object';
  const manifest = { unit, file: '', object: object as unknown as KubernetesObject }; // What is no such object is what the schema says.
  return validateStructure([manifest])
    .map(({ message, path }) => `${path ?? ''}: ${message}`)
    .join('; ');
}
