import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { gitEnvironment, redactSecrets } from './git-environment.js';
import { OutsideError } from './outside-error.js';
import { credentialVariables } from './remote.js';
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
  /** `key=value` settings for this command only. */
  readonly configuration?: readonly string[];
}

export interface GitOutput {
  readonly status: number;
  readonly stdout: Buffer;
  /** Without secrets. */
  readonly stderr: string;
}

/** git failed; the message is its own explanation, without secrets. */
export class GitError extends OutsideError {
  constructor(
    /** `git push`: the verb only. */
    readonly command: string,
    /** undefined: killed by a signal, a timeout or an abort, or never started. */
    readonly status: number | undefined,
    readonly stderr: string,
    options: { readonly reason?: string; readonly hint?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(
      `${command} failed: ${options.reason ?? (explain(stderr) || `exit status ${status ?? 'unknown'}`)}`,
      { cause: options.cause, hint: options.hint ?? adviseOn(stderr) },
    );
  }
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
      env: gitEnvironment(settings.environment ?? process.env, settings.remote, settings.gitDirectory),
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
        stop(new GitError(command, undefined, '', { reason }));
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

function startError(command: string, cause: NodeJS.ErrnoException): GitError {
  const missing = cause.code === 'ENOENT';
  return new GitError(command, undefined, '', {
    reason: missing ? 'git is not installed' : cause.message,
    hint: missing ? 'Install git 2.30 or newer and make sure that it is on the PATH.' : undefined,
    cause,
  });
}

/** The lines in which git says what went wrong; all of them when none is marked. */
function explain(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('hint:'));
  const marked = lines.filter((line) => /^(fatal|error|remote):/.test(line));
  return (marked.length > 0 ? marked : lines)
    .map((line) => line.replace(/^(fatal|error): /, '').trim())
    .slice(0, 5)
    .join('; ');
}

function adviseOn(stderr: string): string | undefined {
  if (/could not read (Username|Password)|Authentication failed|error: 40[13]|HTTP 40[13]/.test(stderr)) {
    return `The repository refused the credentials. Set ${credentialVariables.username} and ${credentialVariables.password} (a token will do), or configure a Git credential helper.`;
  }
  if (/Permission denied \(publickey|Host key verification failed/.test(stderr)) {
    return 'Load the SSH key into the agent and accept the host key once; driftloop answers no questions.';
  }
  if (/Could not resolve host|Failed to connect|Connection (refused|timed out)/.test(stderr)) {
    return 'Check the address of the repository and the network.';
  }
  if (/does not appear to be a git repository|not found|error: 404/.test(stderr)) {
    return 'Check the address; the repository must exist, driftloop creates only branches.';
  }
  return undefined;
}
