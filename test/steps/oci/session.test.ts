import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OutsideError } from '../../../gitops/outside-error.js';
import { digestOf } from '../../../steps/oci/digest.js';
import { parseRepository } from '../../../steps/oci/reference.js';
import { RepositoryClient } from '../../../steps/oci/repository-client.js';
import { makeScratch } from '../../real/servers.js';
import { openAccess } from './package-fixture.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];
const scratch = makeScratch();
const blob = Buffer.from('a layer');
const digest = digestOf(blob);
const login = { username: 'robot', password: 'p:w' };
const basic = `Basic ${Buffer.from('robot:p:w').toString('base64')}`;

async function serve(handler: Handler): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

afterAll(() => {
  scratch.remove();
});

function open(host: string, reads: readonly string[] = []): RepositoryClient {
  const access = openAccess(scratch.path, { host, login });
  return new RepositoryClient(parseRepository(`http://${host}/team/model`), access, {
    actions: 'pull,push',
    reads,
  });
}

/** A registry that wants the token which its service gives for user name and password. */
async function serveTokens(asked: string[]): Promise<string> {
  const service = await serve((request, response) => {
    asked.push(request.url ?? '');
    const isKnown = request.headers.authorization === basic;
    response.writeHead(isKnown ? 200 : 401).end(JSON.stringify({ token: 'the-token' }));
  });
  return serve((request, response) => {
    if (request.headers.authorization === 'Bearer the-token') response.writeHead(200).end(blob);
    else {
      const challenge = `Bearer realm="http://${service}/token",service="the registry"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
    }
  });
}

async function read(content: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const pull = (client: RepositoryClient) => read(client.pullBlob({ digest, size: blob.length }));

test('a registry that wants a token gets one, asked for once and for everything that is needed', async () => {
  const asked: string[] = [];
  const client = open(await serveTokens(asked), ['bases/busybox']);
  expect(await pull(client)).toBe('a layer');
  expect(await pull(client)).toBe('a layer');
  const scopes = ['repository:team/model:pull,push', 'repository:bases/busybox:pull'];
  const query = new URLSearchParams([
    ['service', 'the registry'],
    ...scopes.map((scope) => ['scope', scope]),
  ] as [string, string][]);
  expect(asked).toEqual([`/token?${query.toString()}`]);
});

test('a store that a registry redirects to gets no credentials, and what it sends is held against the digest', async () => {
  const headers: (string | undefined)[] = [];
  let content = blob;
  const store = await serve((request, response) => {
    headers.push(request.headers.authorization);
    response.end(content);
  });
  const host = await serve((request, response) => {
    if (request.headers.authorization !== basic)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
    else response.writeHead(307, { location: `http://${store}/blob` }).end();
  });
  expect(await pull(open(host))).toBe('a layer');
  expect(headers).toEqual([undefined]);
  content = Buffer.from('a lager');
  await expect(pull(open(host))).rejects.toThrow(
    `The blob ${digest} of ${host}/team/model is not what its digest promises.`,
  );
  content = Buffer.alloc(1_000_000);
  await expect(pull(open(host))).rejects.toThrow('is not what its digest promises');
});

test('a registry that redirects without end, or away from https, is not followed', async () => {
  const host = await serve((_, response) => response.writeHead(302, { location: '/again' }).end());
  await expect(pull(open(host))).rejects.toThrow('redirects to nowhere that is reached by https');
});

test.each([
  [503, OutsideError, 'could not pull the blob'],
  [429, OutsideError, 'could not pull the blob'],
  [403, undefined, 'did not let the step pull the blob'],
])('an answer of %d says whether it is worth another attempt', async (status, type, message) => {
  const host = await serve((_, response) => {
    response
      .writeHead(status)
      .end(JSON.stringify({ errors: [{ code: 'DENIED', message: 'no\nmore\u0007' }] }));
  });
  const error: unknown = await pull(open(host)).catch((reason: unknown) => reason);
  expect(error instanceof OutsideError).toBe(type === OutsideError);
  expect(String(error)).toContain(message);
  expect(String(error)).toContain(`(${status}): DENIED, no more`);
});

test('a wrong password at the token service is said without it', async () => {
  const host = await serveTokens([]);
  const access = openAccess(scratch.path, { host, login: { username: 'robot', password: 'hunter2' } });
  const client = new RepositoryClient(parseRepository(`http://${host}/team/model`), access);
  const error: unknown = await pull(client).catch((reason: unknown) => reason);
  expect(String(error)).toContain('gave no token (401): the credentials are wrong or have too few rights.');
  expect(String(error)).not.toContain('hunter2');
});

test('a document without end is not held in memory', async () => {
  const host = await serve((_, response) => {
    const flood = () => {
      while (!response.destroyed && response.write(Buffer.alloc(1 << 20))) {
        // Until the reader is slower.
      }
    };
    response.on('drain', flood);
    flood();
  });
  await expect(open(host).pullManifest('newest')).rejects.toThrow(
    'sent a document of more than 4194304 bytes',
  );
});
