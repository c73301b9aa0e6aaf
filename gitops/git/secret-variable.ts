import { readFileSync } from 'node:fs';
import type { Checked, Problem } from '../../problems/problem.js';

/**
 * A secret of the environment: the variable itself, or the file that the variable with `_FILE` behind its name names, as
 * Kubernetes mounts it. '' and absent are the same.
 */
export function readSecret(
  environment: NodeJS.ProcessEnv,
  name: string,
): Checked<{ secret: string | undefined }> {
  const [text = '', file = ''] = [environment[name], environment[`${name}_FILE`]];
  if (file === '') return found(text);
  if (text !== '') return refuse(`${name} and ${name}_FILE are both set`, 'Unset one of them.');
  try {
    return found(readFileSync(file, 'utf8').trim());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse(`the file that ${name}_FILE names cannot be read: ${reason}`, 'Name a readable file.');
  }
}

function found(secret: string): Checked<{ secret: string | undefined }> {
  return { value: { secret: secret === '' ? undefined : secret }, problems: [] };
}

function refuse(message: string, hint: string): Checked<{ secret: string | undefined }> {
  const problem: Problem = { code: 'GITOPS_SECRET_FILE', severity: 'error', message, hint };
  return { value: undefined, problems: [problem] };
}
