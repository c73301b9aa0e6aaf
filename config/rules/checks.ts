import { formatKeyPath } from '../load/key-path.js';
import type { Problem } from '../../problems/problem.js';
import type { Check, DataCollection, Model, SecretKey, Workspace } from '../model.js';
import { listPlatformSecrets } from './platform-secrets.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** Checks run before a training, give each variable one value, and read no Secret of the platform. */
export const checkChecks: Rule = (workspace) =>
  workspace.models.flatMap((model) => [
    ...checkUse(workspace, model),
    ...model.checks.flatMap((check) => [
      ...checkVariables(workspace, model, nameCheck(check)),
      ...checkSecrets(workspace, model, nameCheck(check)),
    ]),
    ...(model.data === undefined ? [] : checkCollection(workspace, model, model.data)),
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

/** A program of the user's besides the training: its key path, what people call it, and what it may read. */
interface NamedProgram {
  readonly path: readonly string[];
  readonly title: string;
  readonly env: Readonly<Record<string, string>>;
  readonly secretEnv: Readonly<Record<string, SecretKey>>;
}

function nameCheck({ name, env, secretEnv }: Check): NamedProgram {
  return { path: ['checks', name], title: `check \`${name}\``, env, secretEnv };
}

function checkCollection(workspace: Workspace, model: Model, data: DataCollection): readonly Problem[] {
  const { env, secretEnv } = data;
  const program = { path: ['data'], title: 'collection of `data`', env, secretEnv };
  const subject = { where: model.name, path: 'data.image' };
  const trained = model.training !== undefined || workspace.origins.has(`${model.name}:training.timeout`);
  const message = `The data of \`${model.name}\` is never collected: it has no \`training\`.`;
  const hint = 'Describe the `training`, or remove `data`.';
  const unused = { code: 'CONFIG_TRAINING_UNUSED', severity: 'warning', message, hint } as const;
  return [
    ...(trained ? [] : [problemAt(workspace, subject, unused)]),
    ...checkVariables(workspace, model, program),
    ...checkSecrets(workspace, model, program),
  ];
}

function checkVariables(workspace: Workspace, { name }: Model, check: NamedProgram): readonly Problem[] {
  return Object.keys(check.secretEnv)
    .filter((variable) => Object.hasOwn(check.env, variable))
    .map((variable) => {
      const subject = { where: name, path: formatKeyPath([...check.path, 'env', variable]) };
      const message = `The variable \`${variable}\` of the ${check.title} stands in \`env\` and in \`secretEnv\`.`;
      return problemAt(workspace, subject, {
        code: 'CONFIG_NAME_DUPLICATE',
        message,
        hint: 'Remove one of the two.',
      });
    });
}

/** Whoever may push to the repository of a model can read what its checks can read. */
function checkSecrets(workspace: Workspace, { name }: Model, check: NamedProgram): readonly Problem[] {
  const owned = listPlatformSecrets(workspace);
  return Object.entries(check.secretEnv)
    .filter(([, secret]) => owned.has(secret.name))
    .map(([variable, secret]) => {
      const path = formatKeyPath([...check.path, 'secretEnv', variable, 'name']);
      return problemAt(
        workspace,
        { where: name, path },
        {
          code: 'CONFIG_SECRET_PLATFORM',
          message: `The ${check.title} would read the Secret \`${secret.name}\`, with which the platform itself works.`,
          hint: 'Give it a Secret of its own, with as few rights as it needs.',
        },
      );
    });
}
