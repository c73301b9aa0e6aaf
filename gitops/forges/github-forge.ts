import { z } from 'zod';
import type { PullRequest, PullRequestContent } from './forge.js';
import { anything, HubForge, hubPullRequest, simplify } from './hub-forge.js';

const enableAutoMerge = `mutation($pullRequestId: ID!, $expectedHeadOid: GitObjectID!) {
  enablePullRequestAutoMerge(input: { pullRequestId: $pullRequestId, expectedHeadOid: $expectedHeadOid }) {
    clientMutationId
  }
}`;

/** github.com and GitHub Enterprise Server. */
export class GithubForge extends HubForge {
  override readonly api = 'github';

  override async findOpen(head: string, base: string): Promise<PullRequest | undefined> {
    const found = await this.client.list({
      what: 'list pull requests',
      route: 'GET /repos/{owner}/{repo}/pulls',
      parameters: {
        ...this.repository(),
        state: 'open',
        head: `${this.location.owner}:${head}`,
        base,
        per_page: 100,
      },
      answer: hubPullRequest,
    });
    const match = found.find((candidate) => this.isBetween(candidate, head, base));
    return match && simplify(match);
  }

  protected override contentOf({ head, base, title, body, draft }: PullRequestContent) {
    return { head, base, title, body, ...(draft === true ? { draft } : {}) };
  }

  /** Labels that do not exist come into being. */
  override async addLabels(number: number, labels: readonly string[]): Promise<void> {
    await this.client.send({
      what: 'label the pull request',
      route: 'POST /repos/{owner}/{repo}/issues/{number}/labels',
      parameters: { ...this.repository(), number, labels },
      answer: anything,
    });
  }

  override async assign(number: number, users: readonly string[]): Promise<void> {
    await this.client.send({
      what: 'assign the pull request',
      route: 'POST /repos/{owner}/{repo}/issues/{number}/assignees',
      parameters: { ...this.repository(), number, assignees: users },
      answer: anything,
    });
  }

  override async mergeWhenReady(number: number, commit: string): Promise<void> {
    const what = 'turn on auto-merge';
    const { node_id: pullRequestId } = await this.client.send({
      what,
      route: 'GET /repos/{owner}/{repo}/pulls/{number}',
      parameters: { ...this.repository(), number },
      answer: hubPullRequest.extend({ node_id: z.string() }),
    });
    await this.client.graphql(what, enableAutoMerge, { pullRequestId, expectedHeadOid: commit }, anything);
  }
}
