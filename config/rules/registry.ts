import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** Aliases that MLflow keeps for itself. */
const reserved = /^(latest|v[0-9]+)$/i;

/** The environments' names become aliases; and what a registry follows are the records of the repository. */
export const checkRegistry: Rule = (workspace) => {
  const { platform, environments } = workspace;
  const { registry, repository } = platform;
  if (registry === undefined) return [];
  const at = (path: string, message: string, hint: string) =>
    problemAt(workspace, { where: 'driftloop.yaml', path }, { code: 'CONFIG_REGISTRY', message, hint });
  const kept = environments.filter(({ name }) => registry.kind === 'mlflow' && reserved.test(name));
  return [
    ...kept.map(({ name }) =>
      at(
        `environments.${name}.namespace`,
        `The environment \`${name}\` would be an alias in MLflow, which keeps this name for itself.`,
        'Give the environment another name.',
      ),
    ),
    ...(repository === undefined
      ? [
          at(
            'registry.kind',
            'Nothing is ever registered: `driftloop.yaml` names no `repository` that models are released to.',
            'Name the `repository`, or remove `registry`.',
          ),
        ]
      : []),
  ];
};
