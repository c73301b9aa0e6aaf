import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { gitEnvironment, redactSecrets } from './git-environment.js';
import { GitError, networkHint, startError } from './git-error.js';
import type { Remote } from './remote.js';

export interface GitSettings {
  /** Working directory of the commands. */
  readonly directory: string;
  /** The repository, where it is not the one git finds from `directory`. */
  readonly gitDirectory?: string;
  /** What `origin` means, with its credentials. */
  readonly remote?: Remote;
  /** Per command, in milliseconds. Default 5 minutes. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
  /** Default: the environment of this process. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
}

export interface GitRequest {
  /** Standard input; default nothing. */
  readonly input?: string | Uint8Array;
  /** Exit statuses that are an answer and not a failure. Default only 0. */
  readonly accept?: readonly number[];
  /** Variables for this command only. */
  readonly variables?: Readonly<Record<string, string>>;
  /** `key=value` settings for this command only. */
  readonly configuration?: readonly string[];
}

export interface GitOutput {
  readonly status: number;
  readonly stdout: Buffer;
  /** Without secrets. */
  readonly stderr: string;
}

const defaultTimeout = 5 * 60_000;

/** The git command line: no shell, no hooks, no questions. */
export class Git {
  constructor(private readonly settings: GitSettings) {}

  /** Runs one command; anything but an accepted exit status is a GitError. */
  async run(args: readonly string[], request: GitRequest = {}): Promise<GitOutput> {
    const { settings } = this;
    settings.signal?.throwIfAborted();
    const command = `git ${args[0] ?? ''}`;
    const child = spawn('git', [...settingArguments(request), ...args], {
      cwd: settings.directory,
      env: {
        ...gitEnvironment(settings.environment ?? process.env, settings.remote, settings.gitDirectory),
        ...request.variables,
      },
      windowsHide: true,
    });
    const ended = await this.collect(child, command, request.input);
    const stderr = redactSecrets(ended.stderr.toString('utf8'), settings.remote);
    if (ended.status !== null && (request.accept ?? [0]).includes(ended.status)) {
      return { status: ended.status, stdout: ended.stdout, stderr };
    }
    throw new GitError(command, ended.status ?? undefined, stderr);
  }

  /** Standard output as text without the last line end. */
  async text(...args: readonly string[]): Promise<string> {
    const output = await this.run(args);
    return output.stdout.toString('utf8').replace(/\n$/, '');
  }

  private collect(
    child: ChildProcessWithoutNullStreams,
    command: string,
    input: string | Uint8Array | undefined,
  ): Promise<{ status: number | null; stdout: Buffer; stderr: Buffer }> {
    const { signal, timeout = defaultTimeout } = this.settings;
    return new Promise((resolve, reject) => {
      const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
      const stop = (error: Error) => {
        child.kill();
        // A helper process may outlive git and keep the pipes open; nobody reads them any more.
        for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.destroy();
        finish();
        reject(error);
      };
      const abort = () => {
        stop(signal?.reason instanceof Error ? signal.reason : new Error(`${command} was aborted`));
      };
      const timer = setTimeout(() => {
        const reason = `no answer within ${Math.round(timeout / 1000)} s`;
        stop(new GitError(command, undefined, '', { reason, hint: networkHint }));
      }, timeout);
      const finish = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      };
      signal?.addEventListener('abort', abort, { once: true });
      child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
      child.on('error', (cause) => {
        stop(startError(command, cause));
      });
      child.on('close', (status) => {
        finish();
        resolve({ status, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) });
      });
      // git may end before it has read everything; its exit status says why.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
    });
  }
}

function settingArguments({ configuration = [] }: GitRequest): readonly string[] {
  return configuration.flatMap((setting) => ['-c', setting]);
}
