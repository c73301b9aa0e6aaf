import { isAbsolute, resolve } from 'node:path';
import { checkBranch } from '../../config/values/git-url.js';
import type { Checked, Problem } from '../../problems/problem.js';
import { readSecret } from './secret-variable.js';

/** Name and password (or token) for a repository over HTTP. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A Git repository as it is reached; the address never holds a secret. */
export interface Remote {
  readonly url: string;
  readonly credentials: Credentials | undefined;
  /** Name for a credential helper, where the address has one over HTTP without a password. */
  readonly username?: string;
  /** Workspace whose local repository it is (gitops/git/embedded.ts): the first push creates it. */
  readonly embeddedIn?: string;
}

/** Where the command line and the steps find the credentials of the GitOps repository. */
export const credentialVariables = {
  username: 'DRIFTLOOP_GIT_USERNAME',
  password: 'DRIFTLOOP_GIT_PASSWORD',
} as const;

/** File with the certificates of own authorities, in PEM; for Git over HTTPS and for the forge. */
export const caFileVariable = 'DRIFTLOOP_CA_FILE';

/** The credentials in the environment; none when there is no password. Any user name will do for a token. */
export function readCredentials(
  environment: NodeJS.ProcessEnv,
): Checked<{ readonly credentials: Credentials | undefined }> {
  const { value: found, problems } = readSecret(environment, credentialVariables.password);
  if (found === undefined) return { value: undefined, problems };
  const { secret: password } = found;
  const username = environment[credentialVariables.username] ?? 'git';
  return { value: { credentials: password === undefined ? undefined : { username, password } }, problems };
}

const scheme = /^([a-z][a-z0-9+.-]*):\/\//i;
const allowedSchemes = new Set(['http', 'https', 'ssh', 'git', 'file']);
/** `git@host:path`; a colon before the first slash, as git itself decides. */
const shortSsh = /^(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9.-]+:(?!:)[^\\]/;

/**
 * Understands what people write for a repository: an URL, `git@host:path`, or a local path.
 * @param directory what a relative path is relative to
 * @param credentials wins over a password written into the URL
 */
export function parseRemote(text: string, directory: string, credentials?: Credentials): Checked<Remote> {
  const name = scheme.exec(text)?.[1]?.toLowerCase();
  if (text === '' || text.startsWith('-') || /^[a-z0-9-]+::/i.test(text) || hasControlCharacter(text)) {
    return refuse(`"${redactUrl(text)}" is not the address of a Git repository`);
  }
  if (name === undefined) {
    const url = shortSsh.test(text) || isAbsolute(text) ? text : resolve(directory, text);
    return { value: { url, credentials: undefined }, problems: [] };
  }
  if (!allowedSchemes.has(name)) return refuse(`driftloop does not speak ${name}:// to a Git repository`);
  if (!URL.canParse(text)) return refuse(`"${redactUrl(text)}" is not a valid URL`);
  return { value: separate(text, name, credentials), problems: [] };
}

/** A name alone is often a token; it leaves the address, too. SSH needs its user, and cannot use a password. */
function separate(text: string, name: string, given: Credentials | undefined): Remote {
  const url = new URL(text);
  if (name !== 'http' && name !== 'https') {
    if (url.password === '') return { url: text, credentials: undefined };
    url.password = '';
    return { url: url.href, credentials: undefined };
  }
  if (url.username === '' && url.password === '') return { url: text, credentials: given };
  const [username, password] = [decode(url.username), decode(url.password)];
  const credentials = given ?? (password === '' ? undefined : { username, password });
  url.username = '';
  url.password = '';
  return { url: url.href, credentials, ...(credentials === undefined ? { username } : {}) };
}

/** A per cent sign that encodes nothing stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function refuse(message: string): Checked<Remote> {
  const problem: Problem = {
    code: 'GITOPS_REPOSITORY_ADDRESS',
    severity: 'error',
    message,
    hint: 'Give an https://, ssh:// or file:// URL, git@host:path, or the path of a local repository.',
  };
  return { value: undefined, problems: [problem] };
}

/** An address fit for people and commits: without user name and password. */
export function redactUrl(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
}

function hasControlCharacter(text: string): boolean {
  return /[\u0000-\u001f\u007f]/.test(text);
}

/** May a branch be called so? */
export function isBranchName(name: string): boolean {
  return checkBranch(name) === undefined;
}
