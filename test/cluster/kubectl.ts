import { execFile, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** The part of a Kubernetes object the test reads. */
export interface ClusterObject {
  readonly metadata: {
    readonly name: string;
    readonly creationTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
}

const program = process.env.KUBECTL ?? 'kubectl';

/** Runs kubectl on the cluster of KUBECONFIG; throws with its own words when it fails. */
export async function kubectl(args: readonly string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, [...args], { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`kubectl ${args.join(' ')}: ${stderr.trim() || error.message}`));
    });
    child.stdin?.end(input ?? '');
  });
}

export async function apply(objects: readonly object[]): Promise<void> {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  await kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], JSON.stringify(list));
}

export async function list(kind: string, namespace: string, selector?: string): Promise<ClusterObject[]> {
  const args = [
    'get',
    kind,
    '-n',
    namespace,
    '-o',
    'json',
    ...(selector === undefined ? [] : ['-l', selector]),
  ];
  return (JSON.parse(await kubectl(args)) as { items: ClusterObject[] }).items;
}

/** GET through the API server's proxy, so that Services need not be reachable from here. */
export async function getFromService(
  namespace: string,
  service: string,
  port: number,
  path: string,
): Promise<string> {
  return kubectl([
    'get',
    '--raw',
    `/api/v1/namespaces/${namespace}/services/${service}:${port}/proxy${path}`,
  ]);
}

/** Asks until the answer is there; says what it was waiting for when the deadline passes. */
export async function eventually<T>(
  what: string,
  seconds: number,
  ask: () => Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last = 'no answer yet';
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > deadline) throw new Error(`Waited ${seconds} s for ${what}: ${last}`);
    await delay(500);
  }
}

export interface Forward {
  readonly port: number;
  close(): void;
}

/** A local port that leads to a Service. */
export async function forward(namespace: string, service: string, port: number): Promise<Forward> {
  const child = spawn(program, ['-n', namespace, 'port-forward', `service/${service}`, `:${port}`]);
  const local = await new Promise<number>((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const match = /127\.0\.0\.1:(\d+)/.exec(said);
      if (match !== null) resolve(Number(match[1]));
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', () => {
      reject(new Error(`port-forward to ${namespace}/${service} ended: ${said.trim()}`));
    });
  });
  return { port: local, close: () => child.kill() };
}
