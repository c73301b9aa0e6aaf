import { OutsideError } from '../outside-error.js';
import { credentialVariables } from './remote.js';

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

export const networkHint = 'Check the address of the repository and the network.';

/** git could not be started. */
export function startError(command: string, cause: NodeJS.ErrnoException): GitError {
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
  const marked = lines.filter((line) => /^(fatal|error|remote|ssh):|^Host key|Permission denied/.test(line));
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
  if (
    /Could not resolve host|Failed to connect|Connection (refused|timed out|reset)|too slow|hung up/.test(
      stderr,
    )
  ) {
    return networkHint;
  }
  if (stderr.includes('dubious ownership')) {
    return "The folder belongs to somebody else: change its owner, or add it to Git's safe.directory.";
  }
  if (/does not appear to be a git repository|not found|error: 404/.test(stderr)) {
    return 'Check the address; the repository must exist, driftloop creates only branches.';
  }
  return undefined;
}
