import type { Problem } from '../../problems/problem.js';
import type { ReportContext } from './reporter.js';

/** Workflow commands: GitHub Actions shows each problem at its line of the pull request. */
export function reportForGitHub(problems: readonly Problem[], context: ReportContext): string {
  return problems.map((problem) => `${formatCommand(problem, context)}\n`).join('');
}

function formatCommand(problem: Problem, context: ReportContext): string {
  const { position } = problem;
  const properties = {
    ...(position === undefined
      ? {}
      : { file: context.locate(position.file), line: `${position.line}`, col: `${position.column}` }),
    title: problem.code,
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  const subject = problem.object === undefined ? '' : `${problem.object}: `;
  const hint = problem.hint === undefined ? '' : `\n${problem.hint}`;
  return `::${problem.severity} ${list.join(',')}::${escapeData(`${subject}${problem.message}${hint}`)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
