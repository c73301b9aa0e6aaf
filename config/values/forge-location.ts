import { repositoryPath } from './git-url.js';

/** A repository on a forge. */
export interface ForgeLocation {
  readonly origin: string;
  readonly host: string;
  /** All of it, without `.git`: GitLab has groups in groups. */
  readonly path: string;
  readonly owner: string;
  readonly repository: string;
}

/** Forges with an API that driftloop speaks; Forgejo speaks Gitea's. */
export const forgeApis = ['github', 'gitea', 'gitlab'] as const;

export type ForgeApi = (typeof forgeApis)[number];

/** Owner and name are the last two parts of the path, over HTTP and SSH alike. */
export function locateOnForge(url: string): ForgeLocation | undefined {
  const short = /^(?:[^@/]+@)?([A-Za-z0-9.-]+):(?!\/\/)\/?(.+)$/.exec(url);
  const parsed = short === null && URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined && short === null) return undefined;
  if (parsed !== undefined && !['http:', 'https:', 'ssh:'].includes(parsed.protocol)) return undefined;
  const path = repositoryPath(url);
  const [, owner, repository] = /(?:^|\/)([^/]+)\/([^/]+)$/.exec(path) ?? [];
  const host = parsed?.hostname ?? short?.[1];
  if (owner === undefined || repository === undefined || host === undefined) return undefined;
  const overHttp = parsed?.protocol === 'http:' || parsed?.protocol === 'https:';
  return { origin: overHttp ? parsed.origin : `https://${host}`, host, path, owner, repository };
}

/** Whose API the host most probably speaks; a host without a telling name is taken for Gitea or Forgejo. */
export function guessForgeApi({ host }: ForgeLocation): ForgeApi {
  const names = host.toLowerCase().split('.');
  return forgeApis.find((kind) => names.some((name) => name.includes(kind))) ?? 'gitea';
}

/** GitHub has its own host for the API; the others, and GitHub Enterprise Server, have it beside the repositories. */
export function defaultApiUrl(api: ForgeApi, { host, origin }: ForgeLocation): string {
  if (api === 'gitea') return `${origin}/api/v1`;
  if (api === 'gitlab') return `${origin}/api/v4`;
  return /^(?:ssh\.)?github\.com$/i.test(host) ? 'https://api.github.com' : `${origin}/api/v3`;
}
