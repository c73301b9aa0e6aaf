import type { Problem } from '../../problems/problem.js';
import type { Workspace } from '../model.js';
import { isSecretName, looksSecret } from '../values/secret-text.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** Values that look like secrets: by the name of their variable, or by themselves. */
export const checkSecrets: Rule = (workspace) =>
  [...workspace.origins].flatMap(([key, { value }]) => {
    const texts = (Array.isArray(value) ? (value as unknown[]) : [value]).filter(
      (each) => typeof each === 'string',
    );
    const variable = /\.env(?:\.(\w+)|\["(.+)"\])$/.exec(key);
    const named =
      variable !== null &&
      texts.some((text) => text !== '') &&
      isSecretName(variable[1] ?? variable[2] ?? '');
    return named || texts.some(looksSecret) ? [secretProblem(workspace, key)] : [];
  });

/** The message never repeats the value: it would end in the logs of the CI. */
function secretProblem(workspace: Workspace, key: string): Problem {
  const [where = '', path = ''] = splitOnce(key, ':');
  return problemAt(
    workspace,
    { where, path },
    {
      code: 'CONFIG_SECRET_INLINE',
      message: `\`${path}\` looks like a secret, and whoever reads the repository would know it.`,
      hint: 'Let the program read it from a Secret or from its service account.',
    },
  );
}

function splitOnce(text: string, separator: string): readonly string[] {
  const index = text.indexOf(separator);
  return [text.slice(0, index), text.slice(index + separator.length)];
}
