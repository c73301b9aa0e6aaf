import type { Checked } from '../problems/problem.js';
import { StepFailure } from './step-failure.js';

/** A value, or its errors as one failure. */
export function demand<T>({ value, problems }: Checked<T>): T {
  if (value !== undefined) return value;
  const errors = problems.filter(({ severity }) => severity === 'error');
  throw new StepFailure(
    errors.map(({ code, message }) => `${code}: ${message.replace(/\.$/, '')}.`).join('\n'),
  );
}
