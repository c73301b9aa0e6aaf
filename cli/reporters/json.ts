import type { Problem } from '../../problems/problem.js';
import type { ReportContext } from './reporter.js';

/** For programs: every problem as it is, with paths from the current directory. */
export function reportAsJson(problems: readonly Problem[], context: ReportContext): string {
  const located = problems.map(({ position, ...problem }) => ({
    ...problem,
    ...(position === undefined ? {} : { position: { ...position, file: context.locate(position.file) } }),
  }));
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return `${JSON.stringify({ problems: located, errors, warnings: problems.length - errors }, null, 2)}\n`;
}
