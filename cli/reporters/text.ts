import { showsSecret } from '../../config/values/secret-text.js';
import { formatFrame, showText } from '../../problems/frame.js';
import type { Position, Problem } from '../../problems/problem.js';
import { countProblems } from './reporter.js';
import type { ReportContext } from './reporter.js';

/** For people: place, code, message, code frame and hint of each problem, and a count. */
export function reportAsText(problems: readonly Problem[], context: ReportContext): string {
  if (problems.length === 0) return '';
  const secretLines = new Set(
    problems.filter(({ code }) => code === 'CONFIG_SECRET_INLINE').map(({ position }) => lineKey(position)),
  );
  const blocks = problems.map((problem) => formatProblem(problem, context, secretLines));
  return `${[...blocks, countProblems(problems)].join('\n\n')}\n`;
}

/** One line of one file. */
function lineKey(position: Pick<Position, 'file' | 'line'> | undefined): string {
  return position === undefined ? '' : `${position.line} ${position.file}`;
}

function formatProblem(problem: Problem, context: ReportContext, secretLines: ReadonlySet<string>): string {
  const severity = context.paint(problem.severity === 'error' ? 'red' : 'yellow', problem.severity);
  const head = [placeOf(problem, context), severity, context.paint('dim', problem.code)];
  const lines = [
    [...head.filter((part) => part !== undefined), showText(problem.message)].join(' '),
    ...((problem.path ?? '') === '' ? [] : [`  at ${showText(problem.path ?? '')}`]),
    ...frameOf(problem, context, secretLines),
    ...(problem.hint === undefined ? [] : [`  ${context.paint('cyan', 'hint:')} ${showText(problem.hint)}`]),
  ];
  return lines.join('\n');
}

function placeOf({ position, object }: Problem, context: ReportContext): string | undefined {
  const place =
    position === undefined
      ? object
      : `${context.locate(position.file)}:${position.line}:${position.column}${object === undefined ? '' : ` (${object})`}`;
  return place === undefined ? undefined : context.paint('bold', `${showText(place)}:`);
}

function frameOf(
  { position }: Problem,
  context: ReportContext,
  secretLines: ReadonlySet<string>,
): readonly string[] {
  const text = position === undefined ? undefined : context.read(position.file);
  if (position === undefined || text === undefined) return [];
  const isSecret = (line: string, number: number) =>
    showsSecret(line) || secretLines.has(lineKey({ file: position.file, line: number }));
  return formatFrame(text, position, isSecret)
    .split('\n')
    .map((line) => `  ${line}`.trimEnd());
}
