import { defaultApiUrl, guessForgeApi, locateOnForge } from '../../config/values/forge-location.js';
import type { ForgeApi } from '../../config/values/forge-location.js';
import type { Checked, Problem } from '../../problems/problem.js';
import { systemClock } from '../clock.js';
import type { Clock } from '../clock.js';
import { readSecret } from '../git/secret-variable.js';
import { ForgeClient } from './forge-client.js';
import type { Forge } from './forge.js';
import { forgeTokenVariable } from './forge-variables.js';
import { GiteaForge } from './gitea-forge.js';
import { GithubForge } from './github-forge.js';
import { GitlabForge } from './gitlab-forge.js';
import { openFetch } from './open-fetch.js';

export interface ForgeSettings {
  /** Holds token, proxies and certificates. Default: that of this process. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** Whose API it speaks. Default: by the name of the host. */
  readonly api?: ForgeApi | undefined;
  /** Base URL of the REST API. Default: where that forge has it. */
  readonly apiUrl?: string | undefined;
  readonly clock?: Clock | undefined;
  readonly signal?: AbortSignal | undefined;
}

const forges = { github: GithubForge, gitea: GiteaForge, gitlab: GitlabForge } as const;

/** The forge a repository is on. @param url address of the repository */
export function openForge(url: string, settings: ForgeSettings = {}): Checked<Forge> {
  const location = locateOnForge(url);
  const { value: client, problems } = openClient(url, settings);
  if (client === undefined || location === undefined) return { value: undefined, problems };
  const { api = guessForgeApi(location) } = settings;
  const webUrl = `${location.origin}/${location.path}`;
  return { value: new forges[api](client, location, webUrl), problems: [] };
}

/** The API of the forge a repository is on. @param url address of the repository */
export function openClient(url: string, settings: ForgeSettings): Checked<ForgeClient> {
  const { environment = process.env, clock = systemClock, signal } = settings;
  const location = locateOnForge(url);
  if (location === undefined) {
    return refuse(
      'GITOPS_NO_FORGE',
      `${url} is not a repository on a forge`,
      'Publish with --push, or write `delivery: push` for the environment.',
    );
  }
  const { value: found, problems } = readSecret(environment, forgeTokenVariable);
  if (found === undefined) return { value: undefined, problems };
  if (found.secret === undefined) {
    const hint = `Set ${forgeTokenVariable}, or ${forgeTokenVariable}_FILE to the file that holds it.`;
    return refuse('GITOPS_NO_TOKEN', 'there is no token for the forge', hint);
  }
  const fetch = openFetch(environment);
  if (fetch.value === undefined) return { value: undefined, problems: fetch.problems };
  const { api = guessForgeApi(location) } = settings;
  const { apiUrl = defaultApiUrl(api, location) } = settings;
  const value = new ForgeClient({ apiUrl, token: found.secret, clock, signal, fetch: fetch.value });
  return { value, problems: [] };
}

function refuse(code: Problem['code'], message: string, hint: string): Checked<never> {
  return { value: undefined, problems: [{ code, severity: 'error', message, hint }] };
}
