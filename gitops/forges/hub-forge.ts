import { z } from 'zod';
import type { ForgeApi, ForgeLocation } from '../../config/values/forge-location.js';
import type { Failure } from './forge-failure.js';
import type { ForgeClient } from './forge-client.js';
import { commentMarker } from './forge.js';
import type { CommitStatus, Forge, PullRequest, PullRequestContent } from './forge.js';

/** A pull request as GitHub and Gitea both describe it. */
export const hubPullRequest = z.object({
  number: z.number(),
  html_url: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.string(),
  draft: z.boolean().nullish(),
  merged: z.boolean().nullish(),
  merged_at: z.string().nullish(),
  /** Name in GraphQL; GitHub only. */
  node_id: z.string().optional(),
  head: z.object({ ref: z.string(), label: z.string().nullish() }),
  base: z.object({ ref: z.string() }),
});

export type HubPullRequest = z.output<typeof hubPullRequest>;

const comment = z.object({ id: z.number(), body: z.string().nullish() });
/** Nobody reads what the forge says to that. */
export const anything = z.unknown();

/** What the APIs of GitHub and Gitea have in common; Gitea's is made after GitHub's. */
export abstract class HubForge implements Forge {
  abstract readonly api: ForgeApi;
  readonly bodyLimit: number = 65_536;

  constructor(
    protected readonly client: ForgeClient,
    protected readonly location: ForgeLocation,
    /** Where people look at the forge. */
    protected readonly webUrl: string,
  ) {}

  abstract findOpen(head: string, base: string): Promise<PullRequest | undefined>;
  abstract mergeWhenReady(number: number, commit: string): Promise<void>;
  abstract assign(number: number, users: readonly string[]): Promise<void>;
  abstract addLabels(number: number, labels: readonly string[]): Promise<void>;
  /** How a draft is opened. */
  protected abstract contentOf(content: PullRequestContent): Readonly<Record<string, unknown>>;

  async open(content: PullRequestContent): Promise<PullRequest | undefined> {
    const created = await this.client.trySend(
      {
        what: 'open the pull request',
        route: 'POST /repos/{owner}/{repo}/pulls',
        parameters: { ...this.repository(), ...this.contentOf(content) },
        answer: hubPullRequest,
      },
      alreadyExists,
    );
    return 'headers' in created ? undefined : simplify(created);
  }

  async update(
    number: number,
    content: Pick<PullRequestContent, 'title' | 'body' | 'draft'>,
  ): Promise<PullRequest> {
    const { title, body } = content;
    return simplify(await this.edit('update the pull request', number, { title, body }));
  }

  async close(number: number): Promise<void> {
    await this.edit('close the pull request', number, { state: 'closed' });
  }

  protected edit(
    what: string,
    number: number,
    change: Readonly<Record<string, unknown>>,
  ): Promise<HubPullRequest> {
    return this.client.send({
      what,
      route: 'PATCH /repos/{owner}/{repo}/pulls/{number}',
      parameters: { ...this.repository(), number, ...change },
      answer: hubPullRequest,
    });
  }

  async comment(number: number, marker: string, text: string): Promise<void> {
    const [what, parameters] = ['comment on the pull request', { ...this.repository(), number }];
    const mark = commentMarker(marker);
    const comments = await this.client.list({
      what,
      route: 'GET /repos/{owner}/{repo}/issues/{number}/comments',
      parameters,
      answer: comment,
    });
    const existing = comments.find(({ body }) => body?.includes(mark) === true);
    const body = `${mark}\n${text}`;
    if (existing?.body === body) return;
    await this.client.send({
      what,
      ...(existing === undefined
        ? {
            route: 'POST /repos/{owner}/{repo}/issues/{number}/comments',
            parameters: { ...parameters, body },
          }
        : {
            route: 'PATCH /repos/{owner}/{repo}/issues/comments/{id}',
            parameters: { ...this.repository(), id: existing.id, body },
          }),
      answer: anything,
    });
  }

  async setStatus(commit: string, { context, state, description }: CommitStatus): Promise<void> {
    await this.client.send({
      what: `set the status ${context}`,
      route: 'POST /repos/{owner}/{repo}/statuses/{commit}',
      parameters: { ...this.repository(), commit, context, state, description: description.slice(0, 140) },
      answer: anything,
    });
  }

  async requestReviews(number: number, users: readonly string[]): Promise<void> {
    await this.client.send({
      what: 'ask for reviews',
      route: 'POST /repos/{owner}/{repo}/pulls/{number}/requested_reviewers',
      parameters: { ...this.repository(), number, reviewers: users },
      answer: anything,
    });
  }

  compareUrl(base: string, head: string): string {
    return `${this.webUrl}/compare/${encodeURIComponent(base)}...${encodeURIComponent(head)}`;
  }

  protected repository(): { readonly owner: string; readonly repo: string } {
    return { owner: this.location.owner, repo: this.location.repository };
  }

  /** A fork may have a branch of the same name; GitHub says whose it is in `label`. */
  protected isBetween(candidate: HubPullRequest, head: string, base: string): boolean {
    if (candidate.head.ref !== head || candidate.base.ref !== base) return false;
    const label = candidate.head.label ?? head;
    return label === head || label === `${this.location.owner}:${head}`;
  }
}

/** GitHub says 422 to many things, and which one it is in words; Gitea says 409. */
function alreadyExists({ status, message }: Failure): boolean {
  return (status === 422 || status === 409) && /already exists/i.test(message);
}

export function simplify(found: HubPullRequest): PullRequest {
  const merged = found.merged === true || (found.merged_at ?? '') !== '';
  return {
    number: found.number,
    url: found.html_url,
    title: found.title,
    body: found.body ?? '',
    draft: found.draft === true,
    state: merged ? 'merged' : found.state === 'open' ? 'open' : 'closed',
  };
}
