import { z } from 'zod';
import type { PullRequest, PullRequestContent } from './forge.js';
import { anything, HubForge, hubPullRequest, simplify } from './hub-forge.js';

const label = z.object({ id: z.number(), name: z.string() });

/** In front of the title of what is not ready; the forge's default. */
const draftMark = 'WIP: ';

/** Gitea and Forgejo. */
export class GiteaForge extends HubForge {
  override readonly api = 'gitea';

  /** The list cannot be narrowed down to a head. */
  override async findOpen(head: string, base: string): Promise<PullRequest | undefined> {
    const found = await this.client.list({
      what: 'list pull requests',
      route: 'GET /repos/{owner}/{repo}/pulls',
      parameters: { ...this.repository(), state: 'open', base_branch: base, limit: 50 },
      answer: hubPullRequest,
    });
    const match = found.find((candidate) => this.isBetween(candidate, head, base));
    return match && withoutMark(simplify(match));
  }

  override async update(
    number: number,
    { title, body, draft }: Pick<PullRequestContent, 'title' | 'body' | 'draft'>,
  ): Promise<PullRequest> {
    const change = { title: draft === true ? draftMark + title : title, body };
    return withoutMark(simplify(await this.edit('update the pull request', number, change)));
  }

  protected override contentOf({ head, base, title, body, draft }: PullRequestContent) {
    return { head, base, title: draft === true ? draftMark + title : title, body };
  }

  /** Labels have numbers, and those that do not exist must be made first. */
  override async addLabels(number: number, labels: readonly string[]): Promise<void> {
    const what = 'label the pull request';
    const existing = await this.client.list({
      what,
      route: 'GET /repos/{owner}/{repo}/labels',
      parameters: { ...this.repository(), limit: 50 },
      answer: label,
    });
    const numbers: number[] = [];
    for (const name of labels) {
      const known = existing.find((candidate) => candidate.name === name);
      numbers.push((known ?? (await this.createLabel(name))).id);
    }
    await this.client.send({
      what,
      route: 'POST /repos/{owner}/{repo}/issues/{number}/labels',
      parameters: { ...this.repository(), number, labels: numbers },
      answer: anything,
    });
  }

  private createLabel(name: string): Promise<{ readonly id: number }> {
    return this.client.send({
      what: `create the label ${name}`,
      route: 'POST /repos/{owner}/{repo}/labels',
      parameters: { ...this.repository(), name, color: '#0969da' },
      answer: label,
    });
  }

  override async assign(number: number, users: readonly string[]): Promise<void> {
    await this.edit('assign the pull request', number, { assignees: users });
  }

  override async mergeWhenReady(number: number, commit: string): Promise<void> {
    await this.client.trySend(
      {
        what: 'turn on auto-merge',
        route: 'POST /repos/{owner}/{repo}/pulls/{number}/merge',
        parameters: {
          ...this.repository(),
          number,
          Do: 'merge',
          head_commit_id: commit,
          merge_when_checks_succeed: true,
        },
        answer: anything,
      },
      // It is scheduled already.
      ({ status }) => status === 409,
    );
  }
}

function withoutMark(found: PullRequest): PullRequest {
  return found.title.startsWith(draftMark)
    ? { ...found, title: found.title.slice(draftMark.length), draft: true }
    : found;
}
