import { formatKeyPath } from '../load/key-path.js';
import type { Problem } from '../../problems/problem.js';
import type { Check, Model, Workspace } from '../model.js';
import { listPlatformSecrets } from './platform-secrets.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** Checks run before a training, give each variable one value, and read no Secret of the platform. */
export const checkChecks: Rule = (workspace) =>
  workspace.models.flatMap((model) => [
    ...checkUse(workspace, model),
    ...model.checks.flatMap((check) => [
      ...checkVariables(workspace, model, check),
      ...checkSecrets(workspace, model, check),
    ]),
  ]);

function checkUse(workspace: Workspace, { name, training, checks: [first] }: Model): readonly Problem[] {
  // Written, even when it could not be resolved: one problem is enough.
  const trained = training !== undefined || workspace.origins.has(`${name}:training.timeout`);
  if (first === undefined || trained) return [];
  const subject = { where: name, path: formatKeyPath(['checks', first.name, 'image']) };
  const message = `The checks of \`${name}\` never run: it has no \`training\`.`;
  const hint = 'Describe the `training`, or remove the `checks`.';
  return [
    problemAt(workspace, subject, { code: 'CONFIG_TRAINING_UNUSED', severity: 'warning', message, hint }),
  ];
}

function checkVariables(workspace: Workspace, { name }: Model, check: Check): readonly Problem[] {
  return Object.keys(check.secretEnv)
    .filter((variable) => Object.hasOwn(check.env, variable))
    .map((variable) => {
      const subject = { where: name, path: formatKeyPath(['checks', check.name, 'env', variable]) };
      const message = `The variable \`${variable}\` of the check \`${check.name}\` stands in \`env\` and in \`secretEnv\`.`;
      return problemAt(workspace, subject, {
        code: 'CONFIG_NAME_DUPLICATE',
        message,
        hint: 'Remove one of the two.',
      });
    });
}

/** Whoever may push to the repository of a model can read what its checks can read. */
function checkSecrets(workspace: Workspace, { name }: Model, check: Check): readonly Problem[] {
  const owned = listPlatformSecrets(workspace);
  return Object.entries(check.secretEnv)
    .filter(([, secret]) => owned.has(secret.name))
    .map(([variable, secret]) => {
      const path = formatKeyPath(['checks', check.name, 'secretEnv', variable, 'name']);
      return problemAt(
        workspace,
        { where: name, path },
        {
          code: 'CONFIG_SECRET_PLATFORM',
          message: `The check \`${check.name}\` would read the Secret \`${secret.name}\`, with which the platform itself works.`,
          hint: 'Give the check a Secret of its own, with as few rights as it needs.',
        },
      );
    });
}
