import { formatFrame } from '../../problems/frame.js';
import type { Problem } from '../../problems/problem.js';
import { countProblems } from './reporter.js';
import type { ReportContext } from './reporter.js';

/** For people: place, code, message, code frame and hint of each problem, and a count. */
export function reportAsText(problems: readonly Problem[], context: ReportContext): string {
  if (problems.length === 0) return '';
  const blocks = problems.map((problem) => formatProblem(problem, context));
  return `${[...blocks, countProblems(problems)].join('\n\n')}\n`;
}

function formatProblem(problem: Problem, context: ReportContext): string {
  const severity = context.paint(problem.severity === 'error' ? 'red' : 'yellow', problem.severity);
  const head = [placeOf(problem, context), severity, context.paint('dim', problem.code)];
  const lines = [
    [...head.filter((part) => part !== undefined), printable(problem.message)].join(' '),
    ...((problem.path ?? '') === '' ? [] : [`  at ${printable(problem.path ?? '')}`]),
    ...frameOf(problem, context),
    ...(problem.hint === undefined ? [] : [`  ${context.paint('cyan', 'hint:')} ${printable(problem.hint)}`]),
  ];
  return lines.join('\n');
}

function placeOf({ position, object }: Problem, context: ReportContext): string | undefined {
  const place =
    position === undefined
      ? object
      : `${context.locate(position.file)}:${position.line}:${position.column}${object === undefined ? '' : ` (${object})`}`;
  return place === undefined ? undefined : context.paint('bold', `${printable(place)}:`);
}

function frameOf({ position }: Problem, context: ReportContext): readonly string[] {
  const text = position === undefined ? undefined : context.read(position.file);
  if (position === undefined || text === undefined) return [];
  return formatFrame(text, position)
    .split('\n')
    .map((line) => `  ${line}`.trimEnd());
}

/** Values of the user's files appear in messages; their control characters must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '·');
}
