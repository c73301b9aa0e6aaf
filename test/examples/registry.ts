import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An OCI registry in memory: it takes what has the digest it claims, and manifests whose blobs it has. */
export class FakeRegistry {
  /** By `<name>/<kind>/<digest>`. */
  readonly contents = new Map<string, Buffer>();
  private readonly server = createServer((request, response) => {
    void this.answer(request, response);
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '', 'http://registry');
    const [, name = '', kind = '', reference = ''] =
      /^\/v2\/([a-z/]+)\/(blobs|manifests)\/(.+)$/.exec(url.pathname) ?? [];
    if (request.method === 'POST') {
      response.writeHead(202, { location: `/v2/${name}/blobs/uploads/1?state=x` }).end();
      return;
    }
    if (request.method === 'PUT') {
      const digest = url.searchParams.get('digest') ?? reference;
      const accepted = this.accept(name, kind, digest, Buffer.concat(chunks));
      response.writeHead(accepted ? 201 : 400).end();
      return;
    }
    const found = this.contents.get(`${name}/${kind}/${reference}`);
    response.writeHead(found === undefined ? 404 : 200).end(found);
  }

  private accept(name: string, kind: string, digest: string, bytes: Buffer): boolean {
    if (digest !== `sha256:${createHash('sha256').update(bytes).digest('hex')}`) return false;
    if (kind === 'manifests') {
      const { config, layers } = JSON.parse(bytes.toString()) as { config: Blob; layers: Blob[] };
      if (![config, ...layers].every((blob) => this.contents.has(`${name}/blobs/${blob.digest}`)))
        return false;
    }
    this.contents.set(`${name}/${kind}/${digest}`, bytes);
    return true;
  }
}

interface Blob {
  readonly digest: string;
}
