import { formatKeyPath } from '../load/key-path.js';
import type { Problem } from '../../problems/problem.js';
import type { Check, Model, Workspace } from '../model.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** Checks run before a training, and give each variable one value. */
export const checkChecks: Rule = (workspace) =>
  workspace.models.flatMap((model) => [
    ...checkUse(workspace, model),
    ...model.checks.flatMap((check) => checkVariables(workspace, model, check)),
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
