import { readFileSync } from 'node:fs';
import { isNativeError } from 'node:util/types';
import { z } from 'zod';
import { OutsideError } from '../gitops/outside-error.js';
import { StepFailure } from './step-failure.js';

/** Kinds the steps read and write, by their path in the API. */
const paths = {
  leases: 'apis/coordination.k8s.io/v1',
  pipelineruns: 'apis/tekton.dev/v1',
  taskruns: 'apis/tekton.dev/v1',
  applications: 'apis/argoproj.io/v1alpha1',
  deployments: 'apis/apps/v1',
  inferenceservices: 'apis/serving.kserve.io/v1beta1',
  pods: 'api/v1',
  jobs: 'apis/batch/v1',
  trainjobs: 'apis/trainer.kubeflow.org/v1alpha1',
  rayjobs: 'apis/ray.io/v1',
  sparkapplications: 'apis/sparkoperator.k8s.io/v1beta2',
} as const;

export type Resource = keyof typeof paths;

export interface KubernetesConnection {
  /** `https://host:port` */
  readonly server: string;
  readonly namespace: string;
  /** Asked for each request, because the kubelet renews it. */
  readonly token: () => string;
}

const account = '/var/run/secrets/kubernetes.io/serviceaccount';

/** How a Pod reaches its API server; Node trusts the server's authority by NODE_EXTRA_CA_CERTS. */
export function connectFromPod(
  variables: Readonly<Record<string, string | undefined>>,
): KubernetesConnection {
  const host = variables.KUBERNETES_SERVICE_HOST;
  if (host === undefined) throw new StepFailure('KUBERNETES_SERVICE_HOST is not set: this is not a Pod.');
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${variables.KUBERNETES_SERVICE_PORT ?? '443'}`,
    namespace: readAccount('namespace'),
    token: () => readAccount('token'),
  };
}

/**
 * The few verbs of the API that steps need, in their own namespace. A server that is away or overloaded is an
 * OutsideError, because it comes back; one that refuses is a StepFailure.
 */
export class KubernetesApi {
  constructor(private readonly connection: KubernetesConnection) {}

  /** The same server and account, in another namespace. */
  inNamespace(namespace: string): KubernetesApi {
    return new KubernetesApi({ ...this.connection, namespace });
  }

  /** undefined: there is none. */
  async read(resource: Resource, name: string): Promise<unknown> {
    const answer = await this.send('GET', resource, name);
    if (answer.status === 404) return undefined;
    return this.accept(answer, `read ${resource} ${name}`);
  }

  /** false: somebody else was faster. */
  async create(resource: Resource, object: object): Promise<boolean> {
    return this.write('POST', resource, '', object);
  }

  /** false: it is not what it was when it was read (metadata.resourceVersion), or it is gone. */
  async replace(resource: Resource, name: string, object: object): Promise<boolean> {
    return this.write('PUT', resource, name, object);
  }

  /** Merges fields into an object, whatever others write to it meanwhile; throws when it is gone. */
  async patch(resource: Resource, name: string, fields: object): Promise<void> {
    this.accept(await this.send('PATCH', resource, name, fields), `write ${resource} ${name}`);
  }

  /** Objects whose labels a selector chooses. */
  async list(resource: Resource, selector: string): Promise<readonly unknown[]> {
    const query = `?labelSelector=${encodeURIComponent(selector)}`;
    const answer = this.accept(await this.send('GET', resource, query), `list ${resource}`);
    return list.safeParse(answer).data?.items ?? [];
  }

  /** Also what belongs to it goes away; whatever is gone already stays so. */
  async remove(resource: Resource, name: string): Promise<void> {
    const answer = await this.send('DELETE', resource, name, { propagationPolicy: 'Background' });
    if (answer.status !== 404) this.accept(answer, `delete ${resource} ${name}`);
  }

  /** What a container says, as long as it runs; undefined: it has said nothing yet, or is gone. */
  async followLog(
    pod: string,
    query: string,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    const { headers } = this.describeRequest();
    const response = await fetch(this.urlOf('pods', `${pod}/log?${query}`), { headers, signal });
    if (response.ok && response.body !== null) return response.body;
    await response.body?.cancel();
    return undefined;
  }

  private async write(method: string, resource: Resource, name: string, object: object): Promise<boolean> {
    const answer = await this.send(method, resource, name, object);
    if (answer.status === 409 || (answer.status === 404 && method === 'PUT')) return false;
    this.accept(answer, `write ${resource} ${name}`);
    return true;
  }

  private async send(method: string, resource: Resource, name: string, body?: object): Promise<Answer> {
    const request: RequestInit = {
      method,
      headers: {
        ...this.describeRequest().headers,
        'content-type': contentTypes[method] ?? 'application/json',
      },
      signal: AbortSignal.timeout(requestTimeout),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    try {
      const response = await fetch(this.urlOf(resource, name), request);
      return { status: response.status, text: await response.text() };
    } catch (error) {
      throw new OutsideError(
        `the API server ${this.connection.server} did not answer: ${describeCause(error)}`,
      );
    }
  }

  private urlOf(resource: Resource, name: string): string {
    const { server, namespace } = this.connection;
    const place = `${server}/${paths[resource]}/namespaces/${namespace}/${resource}`;
    return name === '' || name.startsWith('?') ? `${place}${name}` : `${place}/${name}`;
  }

  private describeRequest(): { readonly headers: Record<string, string> } {
    return {
      headers: { authorization: `Bearer ${this.connection.token()}`, 'content-type': 'application/json' },
    };
  }

  private accept(answer: Answer, deed: string): unknown {
    const parsed = parseJson(answer.text);
    if (answer.status >= 200 && answer.status < 300 && parsed !== undefined) return parsed;
    const message = status.safeParse(parsed).data?.message ?? 'the answer is not a Kubernetes object';
    if (answer.status === 429 || answer.status >= 500) {
      throw new OutsideError(`the API server could not ${deed.trim()} (${answer.status}): ${message}`);
    }
    throw new StepFailure(
      `The API server did not let the step ${deed.trim()} (${answer.status}): ${message}.`,
    );
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

const contentTypes: Readonly<Record<string, string>> = { PATCH: 'application/merge-patch+json' };

const requestTimeout = 10_000;

const list = z.object({ items: z.array(z.unknown()) });

const status = z.object({ message: z.string() });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** fetch hides the cause, such as ECONNREFUSED, below a general message. */
function describeCause(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return `no answer within ${requestTimeout / 1000} s`;
  if (!isNativeError(error)) return String(error);
  return isNativeError(error.cause) ? error.cause.message : error.message;
}

function readAccount(file: string): string {
  try {
    return readFileSync(`${account}/${file}`, 'utf8').trim();
  } catch {
    throw new StepFailure(`${account}/${file} cannot be read: the Pod has no service account token.`);
  }
}
