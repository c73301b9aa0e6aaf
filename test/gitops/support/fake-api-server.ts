import { createServer } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Authority } from './authority.js';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly impersonated: string | undefined;
  /** Common name of the client's certificate. */
  readonly client: string | undefined;
}

export interface FakeApiServer {
  readonly url: string;
  readonly requests: ApiRequest[];
  close(): Promise<void>;
}

/** What it answers: an object, or a refusal with its status and words; undefined: there is no such object. */
export type ApiScript = (
  request: ApiRequest,
) => object | { readonly refusal: number; readonly message: string } | undefined;

/** An API server on loopback over TLS, which answers as Kubernetes does. */
export async function startFakeApiServer(authority: Authority, script: ApiScript): Promise<FakeApiServer> {
  const { key, certificate: cert } = authority.issue('apiserver');
  const requests: ApiRequest[] = [];
  const tls = { key, cert, ca: authority.certificate, requestCert: true, rejectUnauthorized: false };
  const server = createServer(tls, (incoming, response) => {
    const request = describe(incoming);
    requests.push(request);
    const answer = script(request) ?? notFound(request.path);
    const refused = 'refusal' in answer;
    const body = refused ? { kind: 'Status', status: 'Failure', ...answer } : answer;
    response.writeHead(refused ? Number(answer.refusal) : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function describe({ method = '', url = '', headers, socket }: IncomingMessage): ApiRequest {
  // The server speaks nothing but TLS.
  const { subject } = (socket as unknown as Pick<TLSSocket, 'getPeerCertificate'>).getPeerCertificate();
  const impersonated = headers['impersonate-user'];
  return {
    method,
    path: url,
    authorization: headers.authorization,
    impersonated: typeof impersonated === 'string' ? impersonated : undefined,
    client: (subject as { readonly CN?: string } | undefined)?.CN,
  };
}

/** As Kubernetes says that of a kind it has, there is none with this name. */
function notFound(path: string): {
  readonly refusal: number;
  readonly message: string;
  readonly details: object;
} {
  const [name = '', kind = ''] = path.split('/').reverse();
  const message = `${kind}.argoproj.io "${name}" not found`;
  return { refusal: 404, message, details: { name, group: 'argoproj.io', kind } };
}
