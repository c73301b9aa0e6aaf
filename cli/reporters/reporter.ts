import type { Problem } from '../../problems/problem.js';
import { count } from '../count.js';
import type { Style } from '../terminal.js';

/** What reporters need besides the problems. */
export interface ReportContext {
  /** Path of a file of the workspace as it can be opened from the current directory. */
  locate(file: string): string;
  /** Text of a file of the workspace; undefined when it cannot be shown. */
  read(file: string): string | undefined;
  paint(style: Style, text: string): string;
}

export type Reporter = (problems: readonly Problem[], context: ReportContext) => string;

/** `2 errors, 1 warning` */
export function countProblems(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  return `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
}
