import type { Forge, PullRequest, PullRequestContent } from '../forges/forge.js';
import { OutsideError } from '../outside-error.js';
import { digestText, formatMark, noExtras, readMark } from './body-mark.js';

export interface PullRequestRequest extends PullRequestContent {
  /** The commit that the head stands at. */
  readonly commit: string;
  /** Labels and whatever else is given once: what it says, and what gives it. */
  readonly extras: { readonly text: string; readonly apply: (pullRequest: PullRequest) => Promise<void> };
}

export interface EnsuredPullRequest {
  readonly action: 'pull-request-opened' | 'pull-request-updated' | 'pull-request-unchanged';
  readonly pullRequest: PullRequest;
}

/**
 * Makes sure that there is exactly one open pull request from head to base, and that it says what it should. Killed at
 * any point, it completes the next time: the mark that all is done is written last. `outdated`: it was closed or merged
 * meanwhile.
 */
export async function ensurePullRequest(
  forge: Forge,
  request: PullRequestRequest,
): Promise<EnsuredPullRequest | 'outdated'> {
  const existing = await forge.findOpen(request.head, request.base);
  if (existing !== undefined) return adopt(forge, existing, request);
  const { text } = request.extras;
  const begun = text === '' ? digestText(text) : noExtras;
  const { head, base, title, draft } = request;
  const created = await forge.open({ head, base, title, draft, body: markedBody(request, begun) });
  if (created !== undefined) {
    const pullRequest = text === '' ? created : await complete(forge, created, request);
    return { action: 'pull-request-opened', pullRequest };
  }
  // Somebody opened it in between.
  const raced = await forge.findOpen(head, base);
  if (raced !== undefined) return adopt(forge, raced, request);
  throw new OutsideError(`the forge refuses a pull request from ${head} to ${base}`, {
    hint: 'Check that both branches exist on the forge and that pull requests are enabled.',
  });
}

async function adopt(
  forge: Forge,
  existing: PullRequest,
  request: PullRequestRequest,
): Promise<EnsuredPullRequest | 'outdated'> {
  const mark = readMark(existing.body);
  const extras = digestText(request.extras.text);
  if (mark?.content === contentDigest(request) && mark.extras === extras) {
    return { action: 'pull-request-unchanged', pullRequest: existing };
  }
  if (mark?.extras !== extras) await request.extras.apply(existing);
  const pullRequest = await write(forge, existing, request);
  return pullRequest.state === 'open' ? { action: 'pull-request-updated', pullRequest } : 'outdated';
}

async function complete(
  forge: Forge,
  created: PullRequest,
  request: PullRequestRequest,
): Promise<PullRequest> {
  await request.extras.apply(created);
  return write(forge, created, request);
}

function write(forge: Forge, existing: PullRequest, request: PullRequestRequest): Promise<PullRequest> {
  const body = markedBody(request, digestText(request.extras.text));
  return forge.update(existing.number, { title: request.title, body, draft: existing.draft });
}

function markedBody(request: PullRequestRequest, extras: string): string {
  return `${request.body}${formatMark({ content: contentDigest(request), extras })}\n`;
}

function contentDigest({ title, body, commit }: PullRequestRequest): string {
  return digestText(`${title}\n${body}\n${commit}`);
}
