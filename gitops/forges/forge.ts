import { Octokit } from '@octokit/rest';
import type { Checked, Problem } from '../../problems/problem.js';
import { systemClock } from '../clock.js';
import type { Clock } from '../clock.js';
import { explainFailure, forgeTokenVariable, pauseBefore, readFailure } from './forge-failure.js';
import { defaultApiUrl, locateOnForge } from './forge-location.js';
import type { ForgeLocation } from './forge-location.js';
import type { Remote } from '../git/remote.js';

export { forgeTokenVariable };

export interface PullRequest {
  readonly number: number;
  /** For people. */
  readonly url: string;
  readonly title: string;
  readonly body: string;
}

export interface PullRequestContent {
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
}

/** What driftloop needs of GitHub, Gitea or whatever speaks their API. */
export interface Forge {
  findOpen(head: string, base: string): Promise<PullRequest | undefined>;
  /** undefined: there is one already. */
  create(content: PullRequestContent): Promise<PullRequest | undefined>;
  update(number: number, content: Pick<PullRequestContent, 'title' | 'body'>): Promise<PullRequest>;
}

export interface ForgeSettings {
  readonly token: string | undefined;
  /**
   * Base URL of the REST API, as `https://git.example.com/api/v1`.
   * @default - api.github.com for github.com, else `<origin>/api/v1`, where Gitea and Forgejo have it
   */
  readonly apiUrl?: string | undefined;
  readonly clock?: Clock | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The forge a repository is on, by its address. */
export function openForge(remote: Remote, settings: ForgeSettings): Checked<Forge> {
  const location = locateOnForge(remote.url);
  if (location === undefined) {
    return refuse(
      'GITOPS_NO_FORGE',
      `${remote.url} is not a repository on a forge`,
      'Publish without --pull-request.',
    );
  }
  const { token, apiUrl = defaultApiUrl(location), clock = systemClock, signal } = settings;
  if (token === undefined || token === '') {
    return refuse('GITOPS_NO_TOKEN', 'there is no token for the forge', `Set ${forgeTokenVariable}.`);
  }
  const silent = () => undefined;
  const octokit = new Octokit({
    baseUrl: apiUrl.replace(/\/$/, ''),
    auth: token,
    userAgent: 'driftloop',
    log: { debug: silent, info: silent, warn: silent, error: silent },
    ...(signal === undefined ? {} : { request: { signal } }),
  });
  return { value: new RestForge(octokit, location, clock, signal), problems: [] };
}

function refuse(code: Problem['code'], message: string, hint: string): Checked<Forge> {
  return { value: undefined, problems: [{ code, severity: 'error', message, hint }] };
}

/** Answers of forges that mean: such a pull request exists. GitHub says 422, Gitea 409. */
const alreadyExists = new Set([409, 422]);
const attempts = 4;

interface RestPullRequest {
  readonly number: number;
  readonly html_url: string;
  readonly title: string;
  readonly body?: string | null;
  readonly head: { readonly ref: string; readonly label?: string };
  readonly base: { readonly ref: string };
}

class RestForge implements Forge {
  constructor(
    private readonly octokit: Octokit,
    private readonly location: ForgeLocation,
    private readonly clock: Clock,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** The answer is filtered once more, because not every forge knows the parameters `head` and `base`. */
  async findOpen(head: string, base: string): Promise<PullRequest | undefined> {
    const { owner, repository } = this.location;
    const found: readonly RestPullRequest[] = await this.ask('list pull requests', () =>
      this.octokit.paginate(this.octokit.rest.pulls.list, {
        owner,
        repo: repository,
        state: 'open',
        head: `${owner}:${head}`,
        base,
        per_page: 50,
      }),
    );
    const match = found.find(
      (candidate) =>
        candidate.head.ref === head && candidate.base.ref === base && this.isOurs(candidate, head),
    );
    return match === undefined ? undefined : simplify(match);
  }

  /** A fork may have a branch of the same name; GitHub says whose it is in `label`. */
  private isOurs(candidate: RestPullRequest, head: string): boolean {
    const { label } = candidate.head;
    return label === undefined || label === head || label === `${this.location.owner}:${head}`;
  }

  async create(content: PullRequestContent): Promise<PullRequest | undefined> {
    const { owner, repository } = this.location;
    const created = await this.ask(
      'open the pull request',
      async (): Promise<RestPullRequest | undefined> =>
        (await this.octokit.rest.pulls.create({ owner, repo: repository, ...content })).data,
      alreadyExists,
    );
    return created === undefined ? undefined : simplify(created);
  }

  async update(number: number, content: Pick<PullRequestContent, 'title' | 'body'>): Promise<PullRequest> {
    const { owner, repository } = this.location;
    const request = { owner, repo: repository, pull_number: number, ...content };
    const updated = await this.ask('update the pull request', () => this.octokit.rest.pulls.update(request));
    return simplify(updated.data);
  }

  /** Waits as the forge asks when it limits the rate; every other failure is final. */
  private async ask<T>(what: string, call: () => Promise<T>): Promise<T>;
  private async ask<T>(
    what: string,
    call: () => Promise<T>,
    accepted: ReadonlySet<number>,
  ): Promise<T | undefined>;
  private async ask<T>(
    what: string,
    call: () => Promise<T>,
    accepted: ReadonlySet<number> = new Set(),
  ): Promise<T | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call();
      } catch (error) {
        this.signal?.throwIfAborted();
        const failure = readFailure(error);
        if (failure.status !== undefined && accepted.has(failure.status)) return undefined;
        const pause = pauseBefore(failure, this.clock);
        if (pause === undefined || attempt === attempts) throw explainFailure(what, failure, error);
        await this.clock.wait(pause, this.signal);
      }
    }
  }
}

function simplify(found: RestPullRequest): PullRequest {
  return { number: found.number, url: found.html_url, title: found.title, body: found.body ?? '' };
}
