import type { Problem } from '../../problems/problem.js';
import type { Workspace } from '../model.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

const secretNames =
  /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|TOKEN|SECRET|CREDENTIALS?|APIKEY|(?:API|ACCESS|PRIVATE|SECRET)_KEY)$/i;
const secretTexts = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\b(?:ghp|gho|ghs|github_pat|glpat|xox[abpr])[-_][A-Za-z0-9_-]{10,}/,
  /\bhooks\.slack\.com\/services\//,
  /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:[^/\s@]+@/i,
];

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
      secretNames.test(variable[1] ?? variable[2] ?? '');
    return named || texts.some(looksSecret) ? [secretProblem(workspace, key)] : [];
  });

function looksSecret(text: string): boolean {
  return text.length >= 12 && secretTexts.some((pattern) => pattern.test(text));
}

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
