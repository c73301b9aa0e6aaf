import { GitError } from './git-error.js';

/** How git and its servers say that the branch moved since it was read; anything else is final. */
const outdated =
  /^!.*\[(?:remote )?rejected\].*\((?:non-fast-forward|fetch first|stale info|cannot lock ref[^\n]*|incorrect old value provided[^\n]*|failed to update ref[^\n]*)\)/m;

/** Did a push fail only because somebody else was faster? */
export function isOutdated(report: string): boolean {
  return outdated.test(report);
}

/** The repository's own refusal: a protected branch, a hook, missing rights. */
export function refusedPush(report: string, branch: string): GitError {
  const refusal = /^!\t[^\t\n]*\t(.+)$/m.exec(report)?.[1];
  const explanation = [...report.matchAll(/^remote: (.+)$/gm)].map((match) => match[1]?.trim()).slice(0, 5);
  const reasons = [refusal, ...explanation].filter((reason) => reason !== undefined && reason !== '');
  if (reasons.length === 0) return new GitError('git push', 1, report);
  return new GitError('git push', 1, report, {
    reason: `the repository refused branch ${branch}: ${reasons.join('; ')}`,
    hint: 'If the branch is protected, publish with --pull-request.',
  });
}
