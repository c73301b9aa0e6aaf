import type { PlanDiff } from '../gitops/plan/diff.js';
import type { Forge } from '../gitops/forges/forge.js';
import { openForge } from '../gitops/forges/open-forge.js';
import type { PullRequestAddress } from '../gitops/forges/pull-request-address.js';
import { reportAsMarkdown } from '../gitops/report/markdown.js';
import type { Checked } from '../problems/problem.js';
import type { Session } from './session.js';

/** Where a diff is told besides the terminal. */
export interface CommentRequest {
  readonly forge: Forge;
  readonly number: number;
  /** Name of the platform: a repository may hold several, with a comment each. */
  readonly platform: string;
  /** Address of a report that holds everything. */
  readonly fullReport: string | undefined;
}

const heading = '### What merging this changes in the cluster';

/** What the forge adds so that it finds the comment again. */
const markRoom = 200;

/** Looks whether there is a token before anything is rendered. */
export function openCommentForge(
  { api, repository }: PullRequestAddress,
  session: Session,
  signal: AbortSignal,
): Checked<Forge> {
  return openForge(repository, { environment: session.terminal.environment, signal, api });
}

/** Writes the comment, or puts this diff into the place of the last one. */
export async function commentDiff(diff: PlanDiff, request: CommentRequest): Promise<void> {
  const { forge, number, platform, fullReport } = request;
  const limit = forge.bodyLimit - heading.length - markRoom;
  const report =
    diff.units.length === 0 ? 'Nothing.\n' : reportAsMarkdown(diff, { limit, complete: fullReport });
  await forge.comment(number, `diff-${platform}`, `${heading}\n\n${report}`);
}
