import type { CommitMessage } from '../publish/commit-message.js';
import type { PlanDiff } from '../plan/diff.js';
import { fence } from '../report/markdown-text.js';
import { gitHubLimit, reportAsMarkdown } from '../report/markdown.js';

/** Forges refuse longer texts. */
export const bodyLimit = gitHubLimit;

/** The body of a pull request: the changes as far as there is room, and the commit's trailers. */
export function describePullRequest(diff: PlanDiff, message: CommitMessage, limit = bodyLimit): string {
  const tail = message.trailers.length === 0 ? '' : `\n${fence(message.trailers.join('\n'), 'text')}\n`;
  return `${reportAsMarkdown(diff, { limit: limit - tail.length })}${tail}`;
}
