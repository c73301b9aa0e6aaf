import type { z } from 'zod';
import type { ProblemCode } from '../../problems/codes.js';
import { suggest } from '../suggest.js';
import { describeExpected, numberHint, typeHint } from './describe-value.js';

type Issue = z.core.$ZodIssue;

/** What is wrong with a value that is there: continues `<key> is <value>`. */
export interface WrongValue {
  readonly code: ProblemCode;
  readonly rest: string;
  readonly hint?: string | undefined;
}

/**
 * Puts an issue of the schema into words.
 * @param written a number or boolean as it stands in the file
 */
export function explainWrongValue(issue: Issue, value: unknown, written?: string): WrongValue {
  if (issue.code === 'invalid_type') {
    const rest = `, must be ${describeExpected(issue.expected)}`;
    return { code: 'CONFIG_TYPE', rest, hint: typeHint(issue.expected, value, written) };
  }
  if (issue.code === 'invalid_value') return explainChoice(issue, value);
  if (issue.code === 'invalid_union') {
    const rest = `, ${ownWords(issue) ?? 'which is none of what is allowed here'}`;
    return { code: 'CONFIG_TYPE', rest, hint: numberHint(value) ?? 'Write one of the two.' };
  }
  if (issue.code === 'too_small' && Array.isArray(value) && value.length === 0)
    return {
      code: 'CONFIG_VALUE',
      rest: ', which names nothing',
      hint: 'Name something, or remove the key.',
    };
  if (issue.code === 'too_small' || issue.code === 'too_big')
    return { code: 'CONFIG_VALUE', rest: `, ${limit(issue)}`, hint: 'Choose another value.' };
  if (issue.code === 'invalid_format' && issue.format === 'url') {
    const hint = 'For example `https://kubernetes.default.svc`.';
    return { code: 'CONFIG_URL', rest: ', which is not a URL of http or https', hint };
  }
  const hint = 'Write it in that form.';
  return { code: 'CONFIG_VALUE', rest: `, ${ownWords(issue) ?? 'which is not allowed here'}`, hint };
}

function explainChoice(issue: Issue & { code: 'invalid_value' }, value: unknown): WrongValue {
  const choices = issue.values.map(String);
  const rest = `, must be one of ${choices.map((choice) => `\`${choice}\``).join(', ')}`;
  if (typeof value !== 'string') return { code: 'CONFIG_TYPE', rest, hint: 'Write one of them.' };
  return { code: 'CONFIG_VALUE', rest, ...suggest(value, choices) };
}

/** The words our schemas give instead of the library's; they continue a sentence. */
function ownWords({ message }: Issue): string | undefined {
  return /^(must|which) /.test(message) ? message : undefined;
}

function limit(issue: Issue & { code: 'too_small' | 'too_big' }): string {
  const small = issue.code === 'too_small';
  const counted = issue.origin === 'array' ? ' items' : issue.origin === 'string' ? ' characters' : '';
  const comparison =
    issue.inclusive === false ? (small ? 'more than' : 'less than') : small ? 'at least' : 'at most';
  const bound = small ? issue.minimum : issue.maximum;
  return `${counted === '' ? 'must be' : 'must have'} ${comparison} ${bound}${counted}`;
}
