import { z } from 'zod';
import type { ForgeLocation } from '../../config/values/forge-location.js';
import { OutsideError } from '../outside-error.js';
import type { ForgeClient } from './forge-client.js';
import { commentMarker } from './forge.js';
import type { CommitStatus, Forge, PullRequest, PullRequestContent } from './forge.js';

const mergeRequest = z.object({
  iid: z.number(),
  web_url: z.string(),
  title: z.string(),
  description: z.string().nullish(),
  state: z.string(),
  source_project_id: z.number().nullish(),
  target_project_id: z.number().nullish(),
});

type MergeRequest = z.output<typeof mergeRequest>;

const note = z.object({ id: z.number(), body: z.string() });
const user = z.object({ id: z.number(), username: z.string() });
const anything = z.unknown();

/** In front of the title of what is not ready. */
const draftMark = 'Draft: ';

/** gitlab.com and GitLab on a server of one's own. */
export class GitlabForge implements Forge {
  readonly api = 'gitlab';
  readonly bodyLimit = 1_000_000;

  constructor(
    private readonly client: ForgeClient,
    private readonly location: ForgeLocation,
    private readonly webUrl: string,
  ) {}

  async findOpen(head: string, base: string): Promise<PullRequest | undefined> {
    const found = await this.client.list({
      what: 'list merge requests',
      route: 'GET /projects/{id}/merge_requests',
      parameters: {
        ...this.project(),
        state: 'opened',
        source_branch: head,
        target_branch: base,
        per_page: 100,
      },
      answer: mergeRequest,
    });
    const match = found.find((candidate) => candidate.source_project_id === candidate.target_project_id);
    return match && simplify(match);
  }

  async open({ head, base, title, body, draft }: PullRequestContent): Promise<PullRequest | undefined> {
    const created = await this.client.trySend(
      {
        what: 'open the merge request',
        route: 'POST /projects/{id}/merge_requests',
        parameters: {
          ...this.project(),
          source_branch: head,
          target_branch: base,
          title: draft === true ? draftMark + title : title,
          description: body,
          remove_source_branch: true,
        },
        answer: mergeRequest,
      },
      ({ status, message }) => status === 409 && /already exists/i.test(message),
    );
    return 'headers' in created ? undefined : simplify(created);
  }

  async update(
    number: number,
    { title, body, draft }: Pick<PullRequestContent, 'title' | 'body' | 'draft'>,
  ): Promise<PullRequest> {
    const change = { title: draft === true ? draftMark + title : title, description: body };
    return simplify(await this.edit('update the merge request', number, change));
  }

  async close(number: number): Promise<void> {
    await this.edit('close the merge request', number, { state_event: 'close' });
  }

  async comment(number: number, marker: string, text: string): Promise<void> {
    const [what, parameters] = ['comment on the merge request', { ...this.project(), iid: number }];
    const mark = commentMarker(marker);
    const route = '/projects/{id}/merge_requests/{iid}/notes';
    const notes = await this.client.list({
      what,
      route: `GET ${route}`,
      parameters: { ...parameters, per_page: 100 },
      answer: note,
    });
    const existing = notes.find(({ body }) => body.includes(mark));
    const body = `${mark}\n${text}`;
    if (existing?.body === body) return;
    await this.client.send({
      what,
      route: existing === undefined ? `POST ${route}` : `PUT ${route}/{note}`,
      parameters: { ...parameters, ...(existing && { note: existing.id }), body },
      answer: anything,
    });
  }

  async setStatus(commit: string, { context, state, description }: CommitStatus): Promise<void> {
    await this.client.trySend(
      {
        what: `set the status ${context}`,
        route: 'POST /projects/{id}/statuses/{commit}',
        parameters: {
          ...this.project(),
          commit,
          name: context,
          state: state === 'failure' ? 'failed' : state,
          description: description.slice(0, 255),
        },
        answer: anything,
      },
      // A status that already is what it shall be is refused as a transition.
      ({ status, message }) => status === 400 && /cannot transition status/i.test(message),
    );
  }

  async addLabels(number: number, labels: readonly string[]): Promise<void> {
    await this.edit('label the merge request', number, { add_labels: labels.join(',') });
  }

  async requestReviews(number: number, users: readonly string[]): Promise<void> {
    await this.edit('ask for reviews', number, { reviewer_ids: await this.numbersOf(users) });
  }

  async assign(number: number, users: readonly string[]): Promise<void> {
    await this.edit('assign the merge request', number, { assignee_ids: await this.numbersOf(users) });
  }

  /** @param commit whoever pushes another one has to ask again */
  async mergeWhenReady(number: number, commit: string): Promise<void> {
    await this.client.send({
      what: 'turn on auto-merge',
      route: 'PUT /projects/{id}/merge_requests/{iid}/merge',
      parameters: {
        ...this.project(),
        iid: number,
        sha: commit,
        auto_merge: true,
        // The name before GitLab 17.11.
        merge_when_pipeline_succeeds: true,
      },
      answer: anything,
    });
  }

  compareUrl(base: string, head: string): string {
    return `${this.webUrl}/-/compare/${encodeURIComponent(base)}...${encodeURIComponent(head)}`;
  }

  private async edit(
    what: string,
    number: number,
    change: Readonly<Record<string, unknown>>,
  ): Promise<MergeRequest> {
    return this.client.send({
      what,
      route: 'PUT /projects/{id}/merge_requests/{iid}',
      parameters: { ...this.project(), iid: number, ...change },
      answer: mergeRequest,
    });
  }

  private async numbersOf(users: readonly string[]): Promise<readonly number[]> {
    const numbers: number[] = [];
    for (const username of users) {
      const found = await this.client.send({
        what: `find the user ${username}`,
        route: 'GET /users',
        parameters: { username },
        answer: user.array(),
      });
      const [match] = found;
      if (match === undefined) {
        throw new OutsideError(`GitLab has no user ${username}`, {
          hint: 'Write user names in `delivery.pullRequest`, not names of people.',
        });
      }
      numbers.push(match.id);
    }
    return numbers;
  }

  /** The path stands for the number; octokit encodes its slashes. */
  private project(): { readonly id: string } {
    return { id: this.location.path };
  }
}

function simplify(found: MergeRequest): PullRequest {
  const draft = found.title.startsWith(draftMark);
  return {
    number: found.iid,
    url: found.web_url,
    title: draft ? found.title.slice(draftMark.length) : found.title,
    body: found.description ?? '',
    draft,
    state: found.state === 'merged' ? 'merged' : found.state === 'opened' ? 'open' : 'closed',
  };
}
