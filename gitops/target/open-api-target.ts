import { locateOnForge } from '../../config/values/forge-location.js';
import type { Checked } from '../../problems/problem.js';
import { GitData } from '../forges/git-data.js';
import { openClient } from '../forges/open-forge.js';
import type { ForgeSettings } from '../forges/open-forge.js';
import { ApiTarget } from './api-target.js';

/** A GitOps repository on GitHub, over its API. @param url address of the repository */
export function openApiTarget(
  url: string,
  settings: ForgeSettings & { readonly signed: boolean },
): Checked<ApiTarget> {
  const location = locateOnForge(url);
  const { value: client, problems } = openClient(url, { ...settings, api: 'github' });
  if (client === undefined || location === undefined) return { value: undefined, problems };
  return { value: new ApiTarget(new GitData(client, location), settings.signed), problems: [] };
}
