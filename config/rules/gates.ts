import { formatKeyPath } from '../load/key-path.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** The champion is what an environment runs, and only its release record says what that is. */
export const checkGates: Rule = (workspace) => {
  const { platform, environments } = workspace;
  if (platform.repository !== undefined && environments.length > 0) return [];
  return workspace.models.flatMap(({ name, gates }) => {
    const compared = gates.metrics.find(({ improvement }) => improvement !== undefined);
    if (compared === undefined) return [];
    const path = formatKeyPath(['gates', 'metrics', compared.metric, 'improveOver']);
    const message = `\`${compared.metric}\` of \`${name}\` is compared with what runs now, but \`driftloop.yaml\` names no \`repository\` whose records say what that is.`;
    const hint = 'Name the `repository`, or remove `improveOver`.';
    return [problemAt(workspace, { where: name, path }, { code: 'CONFIG_GATE_CHAMPION', message, hint })];
  });
};
