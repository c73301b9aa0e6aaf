import type { Forge, PullRequest, PullRequestContent } from '../forges/forge.js';
import { OutsideError } from '../outside-error.js';

export interface EnsuredPullRequest {
  readonly action: 'pull-request-opened' | 'pull-request-updated' | 'pull-request-unchanged';
  readonly pullRequest: PullRequest;
}

/** Makes sure that there is exactly one open pull request from head to base, and that it says what it should. */
export async function ensurePullRequest(
  forge: Forge,
  content: PullRequestContent,
): Promise<EnsuredPullRequest> {
  const existing = await forge.findOpen(content.head, content.base);
  if (existing !== undefined) return adopt(forge, existing, content);
  const created = await forge.create(content);
  if (created !== undefined) return { action: 'pull-request-opened', pullRequest: created };
  // Somebody opened it in between.
  const raced = await forge.findOpen(content.head, content.base);
  if (raced !== undefined) return adopt(forge, raced, content);
  throw new OutsideError(`the forge refuses a pull request from ${content.head} to ${content.base}`, {
    hint: 'Check that both branches exist on the forge and that pull requests are enabled.',
  });
}

async function adopt(
  forge: Forge,
  existing: PullRequest,
  { title, body }: PullRequestContent,
): Promise<EnsuredPullRequest> {
  if (existing.title === title && sameText(existing.body, body)) {
    return { action: 'pull-request-unchanged', pullRequest: existing };
  }
  return {
    action: 'pull-request-updated',
    pullRequest: await forge.update(existing.number, { title, body }),
  };
}

/** Forges may change line ends and trailing white space. */
function sameText(a: string, b: string): boolean {
  const normalize = (text: string) => text.replaceAll('\r\n', '\n').trimEnd();
  return normalize(a) === normalize(b);
}
