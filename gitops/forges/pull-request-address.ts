import type { ForgeApi } from '../../config/values/forge-location.js';

/** A pull request, by its address in a browser. */
export interface PullRequestAddress {
  readonly api: ForgeApi;
  /** Address of its repository. */
  readonly repository: string;
  readonly number: number;
}

/** What stands between repository and number tells the forges apart, whatever their hosts are called. */
const forms: readonly (readonly [ForgeApi, RegExp])[] = [
  ['gitlab', /^(?<repository>\/.+?)\/-\/merge_requests\/(?<number>[1-9]\d*)\/?$/],
  ['github', /^(?<repository>\/[^/]+\/[^/]+)\/pull\/(?<number>[1-9]\d*)\/?$/],
  ['gitea', /^(?<repository>\/.+\/[^/]+)\/pulls\/(?<number>[1-9]\d*)\/?$/],
];

/** undefined: it is the address of something else. */
export function parsePullRequestAddress(address: string): PullRequestAddress | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, origin, pathname } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  for (const [api, form] of forms) {
    const { repository, number } = form.exec(pathname)?.groups ?? {};
    if (repository !== undefined)
      return { api, repository: `${origin}${repository}`, number: Number(number) };
  }
  return undefined;
}
