import type { Problem } from '../../problems/problem.js';
import type { Workspace } from '../model.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** Keys that only one way of delivery knows. */
const foreignKeys = { operator: ['labels'], sidecar: ['instances', 'prometheus'] } as const;

/** Nothing about dashboards is written that would be ignored. */
export const checkDashboards: Rule = (workspace) => {
  const { dashboards } = workspace.platform;
  if (dashboards === undefined) return [];
  const { delivery } = dashboards;
  return foreignKeys[delivery].flatMap((key) => refuseForeign(workspace, delivery, key));
};

function refuseForeign(workspace: Workspace, delivery: string, key: string): readonly Problem[] {
  const base = `dashboards.${key}`;
  const origin = [...workspace.origins.keys()].find((each) => {
    const path = each.slice(platformFile.length + 1);
    return (
      each.startsWith(`${platformFile}:`) &&
      (path === base || (/^[.[]/.test(path.slice(base.length)) && path.startsWith(base)))
    );
  });
  if (origin === undefined) return [];
  const other = delivery === 'operator' ? 'sidecar' : 'operator';
  return [
    problemAt(
      workspace,
      { where: platformFile, path: origin.slice(platformFile.length + 1) },
      {
        code: 'CONFIG_DASHBOARDS',
        message: `\`${base}\` means nothing to \`delivery: ${delivery}\`.`,
        hint: `Remove it, or write \`delivery: ${other}\`.`,
      },
    ),
  ];
}
