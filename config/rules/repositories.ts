import type { Problem } from '../../problems/problem.js';
import type { Workspace } from '../model.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/**
 * What is rendered gets into the cluster, and so does what runs train. Neither `repository` nor `source` is fine: that is
 * how one begins, on a laptop.
 */
export const checkRepositories: Rule = (workspace): readonly Problem[] => {
  const { repository, source } = workspace.platform;
  const trained = workspace.models.find(({ training }) => training !== undefined);
  const [chart] = workspace.charts;
  if (repository === undefined) {
    const useless = source === undefined ? chart && `charts.${chart.name}` : 'source';
    if (useless === undefined) return [];
    const message = `\`${platformFile}\` names no \`repository\`, so \`${useless}\` has no effect: Argo CD applies nothing.`;
    return warn(workspace, message, 'Name the GitOps repository: `repository: { url: … }`.');
  }
  if (trained === undefined || source !== undefined) return [];
  const message = `\`${platformFile}\` names no \`source\`, so runs of \`${trained.name}\` train without releasing anything.`;
  return warn(workspace, message, 'Name the repository of this workspace: `source: { url: … }`.');
};

function warn(workspace: Workspace, message: string, hint: string): readonly Problem[] {
  const subject = { where: platformFile, path: 'platform' };
  return [
    problemAt(workspace, subject, { code: 'CONFIG_NOT_DELIVERED', severity: 'warning', message, hint }),
  ];
}
