import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseAllDocuments } from 'yaml';
import type { FakeApi } from '../steps/fake-api.js';
import type { Repositories } from './repositories.js';

/** Where the cluster's DNS would lead to the served model. */
const served = 'http://jukebox.mlops-test.svc.cluster.local';

/** Argo CD and the Deployment's controller in one: what stands on main runs, in the real server of the example. */
export class Serving {
  /** Versions that were served, in their order. */
  readonly versions: string[] = [];
  private server: ChildProcess | undefined;
  private url = '';

  constructor(
    private readonly api: FakeApi,
    private readonly repositories: Repositories,
    private readonly registry: string,
  ) {}

  stop(): void {
    this.server?.kill();
  }

  resolve(address: string): string {
    return address === served ? this.url : address;
  }

  async ask(path: string): Promise<unknown> {
    return (await fetch(`${this.url}${path}`)).json();
  }

  async sync(): Promise<void> {
    const revision = this.repositories.git('rev-parse', 'main');
    const deployment = this.readDeployment();
    const failure = await this.serve(readVariables(deployment));
    const health = failure === undefined ? { status: 'Healthy' } : { status: 'Degraded', message: failure };
    const availableReplicas = failure === undefined ? 1 : 0;
    this.api.put('deployments', {
      ...deployment,
      metadata: { ...deployment.metadata, generation: 1 },
      status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas },
    });
    this.api.put('applications', {
      metadata: { name: 'mlops.test.jukebox' },
      status: { sync: { status: 'Synced', revision }, health },
    });
  }

  private readDeployment(): Deployment {
    const text = this.repositories.read('environments/test/jukebox/model-serving.k8s.yaml');
    const found = parseAllDocuments(text)
      .map((document) => document.toJS() as Deployment)
      .find(({ kind }) => kind === 'Deployment');
    if (found === undefined) throw new Error('nothing serves jukebox');
    return found;
  }

  /** What is wrong when it cannot serve; the server before it goes on then. */
  private async serve(variables: Readonly<Record<string, string>>): Promise<string | undefined> {
    const server = spawn(process.execPath, ['server.mjs'], {
      cwd: join(process.cwd(), 'examples/jukebox/source'),
      env: { ...variables, REGISTRY: this.registry, PORT: '0' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    for await (const line of createInterface({ input: server.stdout })) {
      const port = /on port (\d+)$/.exec(line)?.[1];
      if (port === undefined) continue;
      server.stdout.resume();
      this.server?.kill();
      this.server = server;
      this.url = `http://127.0.0.1:${port}`;
      this.versions.push(variables.MODEL_VERSION ?? '');
      return undefined;
    }
    return 'the server ended before it listened';
  }
}

interface Deployment {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly { readonly env: readonly { name: string; value?: string }[] }[];
      };
    };
  };
}

function readVariables({ spec }: Deployment): Readonly<Record<string, string>> {
  const [container] = spec.template.spec.containers;
  return Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value ?? '']));
}
