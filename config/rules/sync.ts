import type { Problem } from '../../problems/problem.js';
import { formatKeyPath } from '../load/key-path.js';
import type { KeyPath } from '../load/key-path.js';
import type { Environment, Workspace } from '../model.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';
import { checkNeed } from './unsupported.js';

/** What is said about the way Argo CD syncs must be possible, and must have an effect. */
export const checkSync: Rule = (workspace) => [...checkHydration(workspace), ...checkWindows(workspace)];

function checkHydration(workspace: Workspace): readonly Problem[] {
  const { argocd, repository } = workspace.platform;
  if (argocd.hydrate === 'off') return [];
  const path: KeyPath = ['argocd', 'hydrate'];
  if (repository === undefined) return [withoutRepository(workspace, path)];
  if (argocd.style === 'applicationset') {
    const message =
      'An ApplicationSet is one template for all units, and those of no environment are not hydrated.';
    return [report(workspace, path, message, 'Write `style: applications`, or `hydrate: off`.')];
  }
  const need = checkNeed(workspace, {
    feature: 'sourceHydrator',
    value: true,
    subject: { where: platformFile, path: formatKeyPath(path) },
    words: '`argocd.hydrate`',
    otherwise: 'Or write `hydrate: off`.',
  });
  return [...(need === undefined ? [] : [need]), ...checkBranches(workspace, repository.branch)];
}

/** Argo CD overwrites the branches it hydrates to. */
function checkBranches(workspace: Workspace, written: string): readonly Problem[] {
  const { environments, platform } = workspace;
  const names = environments.map(({ name }) => name);
  const taken = new Set(names.map((name) => `environments/${name}`));
  const clashes =
    platform.argocd.hydrate === 'next' ? names.filter((name) => names.includes(`${name}-next`)) : [];
  return [
    ...(taken.has(written)
      ? [
          report(
            workspace,
            ['repository', 'branch'],
            `Argo CD would hydrate \`${written}\` onto itself.`,
            'Publish to a branch such as `main`.',
          ),
        ]
      : []),
    ...clashes.map((name) =>
      report(
        workspace,
        ['environments', `${name}-next`, 'namespace'],
        `\`${name}-next\` would be applied from the branch that \`${name}\` is hydrated to.`,
        'Give the environment another name.',
      ),
    ),
  ];
}

function checkWindows(workspace: Workspace): readonly Problem[] {
  return workspace.environments.flatMap((environment) =>
    (environment.syncWindows ?? []).flatMap(({ duration }, index) => {
      const path = pathOf(environment, index);
      if (workspace.platform.repository === undefined)
        return [withoutRepository(workspace, [...path, 'schedule'])];
      if (duration.milliseconds % 60_000 === 0) return [];
      const message = 'Argo CD opens and closes windows by the minute.';
      return [
        report(workspace, [...path, 'duration'], message, 'Write whole minutes, such as `90m` or `8h`.'),
      ];
    }),
  );
}

function pathOf({ name }: Pick<Environment, 'name'>, index: number): KeyPath {
  return ['environments', name, 'syncWindows', index];
}

function withoutRepository(workspace: Workspace, path: KeyPath): Problem {
  const message = 'Argo CD applies nothing, because `driftloop.yaml` names no `repository`.';
  return report(workspace, path, message, 'Name the repository, or remove it.');
}

function report(workspace: Workspace, path: KeyPath, message: string, hint: string): Problem {
  return problemAt(
    workspace,
    { where: platformFile, path: formatKeyPath(path) },
    { code: 'CONFIG_SYNC', message, hint },
  );
}
