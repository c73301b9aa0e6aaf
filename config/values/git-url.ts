import type { ValueFault } from './fault.js';
import { looksSecret } from './secret-text.js';

const schemes = ['https:', 'http:', 'ssh:', 'file:'];
/** `git@host:path`, which git and Argo CD read as ssh. */
const scpLike = /^[a-z_][-a-z0-9_.]*@[A-Za-z0-9][-A-Za-z0-9.]*:(?!\/\/)[-\w./~]+$/i;

const example = 'For example `https://git.example.com/team/repository.git`.';

const credentials: ValueFault = {
  message: 'contains credentials; everybody who reads the repository would have them',
  secret: true,
  hint: 'Leave them out and name the Secret that holds them in `gitCredentials`.',
};

/** URL of a Git repository, without credentials; Tekton, Argo CD and git all must read it alike. */
export function checkGitUrl(text: string): ValueFault | undefined {
  if (looksSecret(text)) return credentials;
  const odd = /[^!#%&*+,\-./0-9:;=?@A-Z[\]_a-z~]/.exec(text);
  if (odd !== null)
    return {
      message: `contains ${JSON.stringify(odd[0])}, which does not belong in the URL of a repository`,
      hint: example,
    };
  if (scpLike.test(text)) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !schemes.includes(url.protocol)) {
    return {
      message: 'is not the URL of a Git repository: https, http, ssh or file',
      hint: text.startsWith('/') ? `Did you mean \`file://${text}\`?` : example,
    };
  }
  return checkParts(url);
}

/** Name of a branch, as `git check-ref-format` allows it. */
export function checkBranch(text: string): ValueFault | undefined {
  const parts = text.split('/');
  const valid =
    text.length <= 200 &&
    /^[-\w./+#%=]+$/.test(text) &&
    !text.startsWith('-') &&
    !text.includes('..') &&
    parts.every(
      (part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock') && !part.endsWith('.'),
    );
  return valid
    ? undefined
    : { message: 'is not the name of a branch', hint: 'For example `main` or `release/1`.' };
}

/** A repository as its forge calls it: `team/repository`, with GitLab's subgroups also `group/team/repository`. */
export function checkRepositoryName(text: string): ValueFault | undefined {
  if (text.length <= 200 && /^~?[-\w.]+(\/[-\w.]+)+$/.test(text)) return undefined;
  return {
    message: 'is not the name of a repository with that of its owner',
    hint: 'For example `team/repository`.',
  };
}

/** Path of a repository on its forge, without `.git`: all that the forges' names of it are made of. */
export function repositoryPath(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : url.slice(url.indexOf(':') + 1);
  return path.replace(/^[/~]*|\/+$/g, '').replace(/\.git$/, '');
}

function checkParts(url: URL): ValueFault | undefined {
  const user = url.protocol === 'ssh:' ? '' : url.username;
  if (url.password !== '' || user !== '') return credentials;
  if (url.protocol !== 'file:' && url.hostname === '') return { message: 'names no host', hint: example };
  return url.pathname.length > 1
    ? undefined
    : { message: 'names no repository after the host', hint: example };
}
