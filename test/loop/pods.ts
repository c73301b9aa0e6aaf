import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Execution, ExecutionOutcome } from './interpreter.js';

const root = process.cwd();
const preload = join(root, 'test/loop/pod.mjs');
const program = join(root, 'build/step-runner/step.mjs');
/** Longest a container may take here, in milliseconds. */
const patience = 60_000;

/** What a fault makes of an execution; undefined: it runs as it is. Attempts count from 1, over all runs of a Pipeline. */
export type Interference = (execution: Execution, attempt: number) => Fault | undefined;

export interface Fault {
  /** Instead of the program of the image. */
  readonly command?: readonly string[];
  /** The Pod is killed once its container has done its work, so that nobody sees that. */
  readonly killed?: boolean;
}

export interface Cluster {
  readonly apiPort: number;
  /** Certificate of the API server's authority, in PEM. */
  readonly authority: string;
  readonly namespace: string;
  /** What an address of the cluster is on this machine. */
  readonly resolve: (address: string) => string;
}

/** Runs containers as Pods would: their command and their variables in a process, with nothing else of ours in it. */
export class Pods {
  interference: Interference = () => undefined;
  private readonly attempts = new Map<string, number>();
  private readonly account: string;

  constructor(
    private readonly folder: string,
    private readonly cluster: Cluster,
  ) {
    this.account = join(folder, 'service-account');
    mkdirSync(this.account);
    writeFileSync(join(this.account, 'namespace'), cluster.namespace);
    writeFileSync(join(this.account, 'token'), 'secret');
    writeFileSync(join(this.account, 'ca.crt'), cluster.authority);
  }

  async execute(execution: Execution): Promise<ExecutionOutcome> {
    const key = `${execution.task}/${execution.container.name}`;
    const attempt = (this.attempts.get(key) ?? 0) + 1;
    this.attempts.set(key, attempt);
    const fault = this.interference(execution, attempt) ?? {};
    const results = mkdtempSync(join(this.folder, 'results-'));
    const { succeeded, log } = await this.start(execution, fault.command ?? execution.command, results);
    if (fault.killed === true) return { succeeded: false, results: new Map(), log: [...log, 'killed'] };
    const files = readdirSync(results).map(
      (name) => [name, readFileSync(join(results, name), 'utf8')] as const,
    );
    return { succeeded, results: new Map(files), log };
  }

  private start(
    execution: Execution,
    [first = '', ...words]: readonly string[],
    results: string,
  ): Promise<{ readonly succeeded: boolean; readonly log: readonly string[] }> {
    const home = mkdtempSync(join(this.folder, 'home-'));
    const isStep = words[0] === '/app/step.mjs';
    const args = isStep ? ['--import', preload, program, ...words.slice(1)] : words;
    const options = {
      cwd: execution.workingDir ?? home,
      env: this.describe(execution, results, home, isStep),
      timeout: patience,
      killSignal: 'SIGKILL' as const,
      maxBuffer: 10_000_000,
    };
    return new Promise((resolve) => {
      execFile(first === 'node' ? process.execPath : first, args, options, (error, stdout, stderr) => {
        const log = `${stdout}${stderr}`.split('\n').filter((line) => line.trim() !== '');
        const killed = error?.killed === true ? [`no end within ${patience / 1000} s`] : [];
        resolve({ succeeded: error === null, log: [...log, ...killed] });
      });
    });
  }

  /** Paths and addresses of the cluster become those of this machine. */
  private describe(
    { env }: Execution,
    results: string,
    home: string,
    isStep: boolean,
  ): Readonly<Record<string, string>> {
    const authority = '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt';
    const places = new Map([
      ['/tekton/results', results],
      ['/tekton/home', home],
      [authority, join(this.account, 'ca.crt')],
    ]);
    const mapped = Object.entries(env).map(
      ([name, value]) => [name, places.get(value) ?? this.cluster.resolve(value)] as const,
    );
    return {
      PATH: process.env.PATH ?? '',
      ...Object.fromEntries(mapped),
      // The kubelet tells every container where the API server is; only a step with an account's token can use it.
      KUBERNETES_SERVICE_HOST: '127.0.0.1',
      KUBERNETES_SERVICE_PORT: String(this.cluster.apiPort),
      ...(isStep ? { LOOP_SERVICE_ACCOUNT: this.account } : {}),
    };
  }
}
