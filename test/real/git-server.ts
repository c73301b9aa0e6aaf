import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface GitServerOptions {
  /** Asked for with Basic authentication; absent: everybody may read and write. */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** Certificate and key, in PEM; absent: it speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** false: drops the header that asks for protocol version 2, as some proxies do. */
  readonly protocol2?: boolean;
  /** Called before a request reaches git; what it waits for holds the request up. */
  readonly onRequest?: (request: { readonly method: string; readonly path: string }) => Promise<void> | void;
}

/** A real Git server on loopback: `git http-backend` behind node:http. */
export interface GitServer {
  /** Folder of the bare repositories. */
  readonly root: string;
  /** Creates a bare repository and returns its URL. */
  create(name: string): string;
  close(): Promise<void>;
}

export async function startGitServer(options: GitServerOptions = {}): Promise<GitServer> {
  const root = mkdtempSync(join(tmpdir(), 'driftloop-git-server-'));
  const { tls } = options;
  const listen = (request: IncomingMessage, response: ServerResponse) => {
    handle(root, options, request, response).catch(() => {
      response.writeHead(500).end();
    });
  };
  const server = tls === undefined ? createServer(listen) : createSecureServer(tls, listen);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    root,
    create(name) {
      const path = join(root, name);
      execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', path]);
      execFileSync('git', ['-C', path, 'config', 'uploadpack.allowFilter', 'true']);
      execFileSync('git', ['-C', path, 'config', 'http.receivepack', 'true']);
      return `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}/${name}`;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function handle(
  root: string,
  options: GitServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { credentials } = options;
  if (credentials !== undefined) {
    const expected = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
    if (request.headers.authorization !== `Basic ${expected}`) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end();
      return;
    }
  }
  const url = new URL(request.url ?? '/', 'http://git');
  await options.onRequest?.({ method: request.method ?? '', path: `${url.pathname}${url.search}` });
  // Whoever was killed while it was held up waits for nothing.
  if (response.destroyed) return;
  serve(root, options, request, response, url);
}

function serve(
  root: string,
  options: GitServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): void {
  const header = (name: string) => String(request.headers[name] ?? '');
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: options.protocol2 === false ? '' : header('git-protocol'),
      REMOTE_USER: options.credentials?.username ?? 'anybody',
      REQUEST_METHOD: request.method,
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: header('content-type'),
      CONTENT_LENGTH: header('content-length'),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
    },
  });
  request.pipe(backend.stdin);
  // A request that breaks off has no end, and git would wait for one for ever.
  request.on('close', () => backend.stdin.end());
  backend.stdin.on('error', () => undefined);
  let head = Buffer.alloc(0);
  backend.stdout.on('data', (chunk: Buffer) => {
    if (response.headersSent) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    writeHead(response, head.subarray(0, end).toString());
    response.write(head.subarray(end + 4));
  });
  backend.on('close', () => response.end());
}

function writeHead(response: ServerResponse, head: string): void {
  let status = 200;
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()];
    if (name === 'Status') status = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.writeHead(status);
}
