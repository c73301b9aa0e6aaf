import type { Rollout } from '../gitops/argocd/await-applications.js';
import { countChanges, formatCounts } from '../gitops/plan/diff.js';
import type { PublishAction, PublishResult } from '../gitops/publish/publish-request.js';

/** What became of a publication, for people or for programs. */
export function formatPublished(result: PublishResult, format: 'text' | 'json'): string {
  return format === 'json' ? `${JSON.stringify(describePublished(result), null, 2)}\n` : formatText(result);
}

/** All parts of a publication, for programs. */
export function formatDeliveries(results: readonly PublishResult[], rollout?: Rollout): string {
  return `${JSON.stringify({ deliveries: results.map(describePublished), rollout }, null, 2)}\n`;
}

/** What programs read about a publication. */
export function describePublished(result: PublishResult): object {
  const { action, repository, branch, commit, plan, pullRequest } = result;
  const units = plan.units.map(({ name }) => name);
  return { action, repository, branch, commit, changes: countChanges(plan), units, pullRequest };
}

const sentences: Readonly<Record<PublishAction, string>> = {
  none: 'nothing to change',
  planned: 'would be committed',
  pushed: 'committed',
  'pull-request-opened': 'pull request opened',
  'pull-request-updated': 'pull request updated',
  'pull-request-unchanged': 'the pull request says it already',
};

function formatText({ action, repository, branch, commit, plan, pullRequest }: PublishResult): string {
  const changes = action === 'none' ? '' : `: ${formatCounts(countChanges(plan))}`;
  const place = [
    `  repository ${repository}`,
    `  branch ${branch}${commit === undefined ? '' : ` at ${commit}`}`,
  ];
  const request = pullRequest === undefined ? [] : [`  ${pullRequest.url}`];
  return `${[`${sentences[action]}${changes}`, ...place, ...request].join('\n')}\n`;
}
