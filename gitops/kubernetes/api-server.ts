import { rootCertificates } from 'node:tls';
import { isNativeError } from 'node:util/types';
import { EnvHttpProxyAgent, ProxyAgent, fetch } from 'undici';
import type { Dispatcher, Response } from 'undici';
import { z } from 'zod';
import { OutsideError } from '../outside-error.js';
import { decode, readOptional } from './credentials.js';
import type { KubeCredentials, ReadCredentials } from './credentials.js';
import type { KubeContext } from './kubeconfig.js';

/** What the API server said: an object (undefined: there is none), or why it could not say anything just now. */
export type ApiAnswer = { readonly object: unknown } | { readonly unreachable: string };

const requestTimeout = 15_000;

const said = z.object({ message: z.string() });

/** A request besides its path. */
export interface ApiRequest {
  readonly method: string;
  /** JSON; undefined: none. */
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Reads and creates objects on the API server of a context. */
export class ApiServer {
  private held: { readonly credentials: KubeCredentials; readonly dispatcher: Dispatcher } | undefined;

  constructor(
    private readonly context: KubeContext,
    private readonly readCredentials: ReadCredentials,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** Namespace of the context; undefined: it names none. */
  get namespace(): string | undefined {
    return this.context.namespace;
  }

  get server(): string {
    return this.context.cluster.server.replace(/\/+$/, '');
  }

  /** @param path `/apis/<group>/<version>/namespaces/<namespace>/<resource>/<name>` */
  async read(path: string, signal: AbortSignal | undefined): Promise<ApiAnswer> {
    const answer = await this.attempt(path, { method: 'GET', signal });
    return 'unreachable' in answer ? answer : accept(answer.status, answer.text, this.server, path);
  }

  /**
   * Creates an object and answers what was stored. It is not repeated: whether it was created when nobody answers, the
   * next look will show.
   * @param path `/apis/<group>/<version>/namespaces/<namespace>/<resource>`
   */
  async create(path: string, object: object, signal: AbortSignal | undefined): Promise<unknown> {
    const answer = await this.attempt(path, { method: 'POST', body: JSON.stringify(object), signal });
    if ('unreachable' in answer) throw new OutsideError(answer.unreachable);
    const stored = parseJson(answer.text);
    if (answer.status >= 200 && answer.status < 300 && stored !== undefined) return stored;
    const words = said.safeParse(stored).data?.message ?? `status ${answer.status}`;
    throw new OutsideError(`the API server ${this.server} does not create it (${answer.status}): ${words}`, {
      hint: hintOf(answer.status),
    });
  }

  /** Any request; fails as fetch does. */
  async send(path: string, { method, body, signal }: ApiRequest): Promise<Response> {
    const { credentials, dispatcher } = await this.connect(signal);
    const headers = { ...headersOf(credentials, this.context), 'content-type': 'application/json' };
    return fetch(`${this.server}${path}`, {
      method,
      headers,
      dispatcher,
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  private async attempt(
    path: string,
    request: ApiRequest,
  ): Promise<{ readonly status: number; readonly text: string } | { readonly unreachable: string }> {
    const { signal } = request;
    const patience = AbortSignal.timeout(requestTimeout);
    const either = signal === undefined ? patience : AbortSignal.any([signal, patience]);
    try {
      const response = await this.send(path, { ...request, signal: either });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof OutsideError) throw error;
      return { unreachable: `the API server ${this.server} does not answer: ${causeOf(error)}` };
    }
  }

  async close(): Promise<void> {
    await this.held?.dispatcher.close();
    this.held = undefined;
  }

  /** The connections, made anew when the credentials have run out. */
  private async connect(signal: AbortSignal | undefined): Promise<NonNullable<typeof this.held>> {
    const expires = this.held?.credentials.expires;
    if (this.held !== undefined && (expires === undefined || expires > Date.now())) return this.held;
    const credentials = await this.readCredentials(signal);
    await this.close();
    this.held = { credentials, dispatcher: openDispatcher(this.context, credentials, this.environment) };
    return this.held;
  }
}

function accept(status: number, text: string, server: string, path: string): ApiAnswer {
  const object = parseJson(text);
  if (status >= 200 && status < 300 && object !== undefined) return { object };
  const words = said.safeParse(object).data?.message ?? `status ${status}`;
  if (status === 404) return notFound(object, path);
  if (status === 429 || status >= 500) return { unreachable: `the API server ${server}: ${words}` };
  const hint =
    status === 401
      ? 'The credentials of the kubeconfig are wrong or have run out. Log in again.'
      : 'The user of the kubeconfig needs the verb `get` on applications.argoproj.io in the namespace of Argo CD.';
  throw new OutsideError(`the API server ${server} refuses to be read (${status}): ${words}`, { hint });
}

function hintOf(status: number): string | undefined {
  if (status === 401) return 'The credentials of the kubeconfig are wrong or have run out. Log in again.';
  if (status === 403) return 'Ask for the verb `create` on it in this namespace, or choose another context.';
  if (status === 404) return 'Is this the cluster with the toolings? Choose another one with --context.';
  return undefined;
}

/** A missing object says which kind it is; a missing kind says nothing. */
function notFound(object: unknown, path: string): ApiAnswer {
  const details = z.object({ details: z.object({ kind: z.string().min(1) }) });
  if (details.safeParse(object).success) return { object: undefined };
  throw new OutsideError(`the cluster does not know ${path.split('/').slice(2, 4).join('/')}`, {
    hint: 'Is this the cluster that Argo CD runs on? Choose another one with --context.',
  });
}

function headersOf({ token }: KubeCredentials, { user }: KubeContext): Record<string, string> {
  return {
    accept: 'application/json',
    'user-agent': 'driftloop',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(user.as === undefined ? {} : { 'impersonate-user': user.as }),
  };
}

function openDispatcher(
  { cluster, clusterFolder }: KubeContext,
  { certificate, key }: KubeCredentials,
  environment: NodeJS.ProcessEnv,
): Dispatcher {
  const authority =
    decode(cluster['certificate-authority-data']) ??
    readOptional(cluster['certificate-authority'], clusterFolder);
  const connect = {
    ca: authority === undefined ? [...rootCertificates] : [authority],
    ...(certificate === undefined ? {} : { cert: certificate, key: key ?? '' }),
    ...(cluster['tls-server-name'] === undefined ? {} : { servername: cluster['tls-server-name'] }),
    rejectUnauthorized: cluster['insecure-skip-tls-verify'] !== true,
  };
  const own = cluster['proxy-url'];
  if (own !== undefined) return new ProxyAgent({ uri: own, requestTls: connect });
  return new EnvHttpProxyAgent({
    httpProxy: environment.http_proxy ?? environment.HTTP_PROXY ?? '',
    httpsProxy: environment.https_proxy ?? environment.HTTPS_PROXY ?? '',
    noProxy: environment.no_proxy ?? environment.NO_PROXY ?? '',
    connect,
    requestTls: connect,
  });
}

/** fetch hides the cause, such as ECONNREFUSED, below a general message. */
function causeOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return `nothing within ${requestTimeout / 1000} s`;
  if (!isNativeError(error)) return String(error);
  return isNativeError(error.cause) ? error.cause.message : error.message;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
