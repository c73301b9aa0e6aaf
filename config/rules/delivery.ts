import type { Problem } from '../../problems/problem.js';
import { formatKeyPath } from '../load/key-path.js';
import type { Workspace } from '../model.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** What is said about delivery must be possible, and must have an effect. */
export const checkDelivery: Rule = (workspace) => [
  ...checkForge(workspace),
  ...checkUnused(workspace),
  ...checkReleases(workspace),
  ...checkCommits(workspace),
];

function checkForge(workspace: Workspace): readonly Problem[] {
  const { delivery, repository } = workspace.platform;
  if (delivery.forge !== undefined) return [];
  const why =
    repository === undefined
      ? '`driftloop.yaml` names no `repository`'
      : 'its address is not one of a forge, or `delivery.forge` is `none`';
  const asked = workspace.environments
    .filter(({ name }) => delivery.modes.get(name) === 'pull-request')
    .map(({ name }) => formatKeyPath(['environments', name, 'delivery']));
  if (delivery.shared === 'pull-request') asked.push('delivery.shared');
  const needy = ['delivery.apiUrl', 'delivery.forge'].filter(
    (path) => isWritten(workspace, path) && !isNone(workspace, path),
  );
  return [
    ...asked.map((path) =>
      report(workspace, path, `There is no forge for pull requests: ${why}.`, 'Write `push`.'),
    ),
    ...needy.map((path) => report(workspace, path, `There is no forge: ${why}.`, 'Remove it.')),
  ];
}

function isNone({ origins }: Workspace, path: string): boolean {
  return origins.get(`${platformFile}:${path}`)?.value === 'none';
}

/** Options of pull requests that nobody makes. */
function checkUnused(workspace: Workspace): readonly Problem[] {
  const { delivery } = workspace.platform;
  if ([...delivery.modes.values(), delivery.shared].includes('pull-request')) return [];
  return Object.keys(delivery.pullRequest)
    .map((key) => `delivery.pullRequest.${key}`)
    .filter((path) => isWritten(workspace, path))
    .map((path) =>
      report(
        workspace,
        path,
        'Nothing is delivered by pull request, so this has no effect.',
        'Remove it, or write `delivery: pull-request` for an environment.',
      ),
    );
}

/** The step that releases what was trained knows Git and no forge. */
function checkReleases(workspace: Workspace): readonly Problem[] {
  const [first] = workspace.environments;
  const trained = workspace.models.find(({ training }) => training !== undefined);
  if (first === undefined || trained === undefined) return [];
  if (workspace.platform.delivery.forge === undefined) return [];
  if (workspace.platform.delivery.modes.get(first.name) !== 'pull-request') return [];
  return [
    report(
      workspace,
      formatKeyPath(['environments', first.name, 'delivery']),
      `What is trained, such as \`${trained.name}\`, is released to \`${first.name}\` from within the cluster, by a push.`,
      'Write `push`, and ask for pull requests in the environments that follow.',
    ),
  ];
}

/** Only GitHub makes commits over its API, and what releases from within the cluster has no key. */
function checkCommits(workspace: Workspace): readonly Problem[] {
  const { delivery, source, repository } = workspace.platform;
  const problems: Problem[] = [];
  if (delivery.commits === 'api' && delivery.forge?.api !== 'github') {
    const message = 'Only GitHub makes commits over its API, and the repository is not there.';
    const hint = 'Write `git`, or `delivery: { forge: github }` for GitHub Enterprise Server.';
    problems.push(report(workspace, 'delivery.commits', message, hint));
  }
  const trained = workspace.models.find(({ training }) => training !== undefined);
  if (delivery.signed && repository !== undefined && source !== undefined && trained !== undefined) {
    const message = `What is trained, such as \`${trained.name}\`, is released from within the cluster, where there is no key.`;
    const hint = 'Remove it, and set `commit.gpgSign` for the Git of people and CI.';
    problems.push(report(workspace, 'delivery.signed', message, hint));
  }
  return problems;
}

function isWritten({ origins }: Workspace, path: string): boolean {
  return origins.get(`${platformFile}:${path}`)?.position !== undefined;
}

function report(workspace: Workspace, path: string, message: string, hint: string): Problem {
  return problemAt(workspace, { where: platformFile, path }, { code: 'CONFIG_DELIVERY', message, hint });
}
