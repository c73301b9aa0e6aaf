/** A repository on a forge. */
export interface ForgeLocation {
  readonly origin: string;
  readonly host: string;
  readonly owner: string;
  readonly repository: string;
}

/** Owner and name are the last two parts of the path, over HTTP and SSH alike. */
export function locateOnForge(url: string): ForgeLocation | undefined {
  const short = /^(?:[^@/]+@)?([A-Za-z0-9.-]+):(?!\/\/)\/?(.+)$/.exec(url);
  const parsed = short === null && URL.canParse(url) ? new URL(url) : undefined;
  if (parsed !== undefined && !['http:', 'https:', 'ssh:'].includes(parsed.protocol)) return undefined;
  const path = (parsed?.pathname ?? short?.[2])?.replace(/\/$/, '').replace(/\.git$/, '');
  const [, owner, repository] = /(?:^|\/)([^/]+)\/([^/]+)$/.exec(path ?? '') ?? [];
  const host = parsed?.hostname ?? short?.[1];
  if (owner === undefined || repository === undefined || host === undefined) return undefined;
  const overHttp = parsed?.protocol === 'http:' || parsed?.protocol === 'https:';
  return { origin: overHttp ? parsed.origin : `https://${host}`, host, owner, repository };
}

/** GitHub has its own host for the API; Gitea and Forgejo have it beside the repositories. */
export function defaultApiUrl({ host, origin }: ForgeLocation): string {
  return host === 'github.com' || host === 'ssh.github.com' ? 'https://api.github.com' : `${origin}/api/v1`;
}
