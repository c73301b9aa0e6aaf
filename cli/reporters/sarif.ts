import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { problemCodes } from '../../problems/codes.js';
import type { Problem } from '../../problems/problem.js';
import type { ReportContext } from './reporter.js';

/** SARIF 2.1.0, which code scanning services and editors read. */
export function reportAsSarif(problems: readonly Problem[], context: ReportContext): string {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  const rules = codes.map((id) => ({
    id,
    shortDescription: { text: problemCodes[id].meaning },
    help: { text: problemCodes[id].cause },
  }));
  const results = problems.map((problem) => formatResult(problem, context));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'driftloop', rules } }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function formatResult(problem: Problem, context: ReportContext): object {
  const hint = problem.hint === undefined ? '' : ` ${problem.hint}`;
  const subject = problem.object === undefined ? '' : `${problem.object}: `;
  return {
    ruleId: problem.code,
    level: problem.severity,
    message: { text: `${subject}${problem.message}${hint}` },
    locations: [formatLocation(problem, context)],
  };
}

/** Code scanning wants a file for every result: what concerns no line is shown at the head of the workspace. */
function formatLocation({ position, object }: Problem, context: ReportContext): object {
  const { file, line, column } = position ?? { file: 'driftloop.yaml', line: 1, column: 1 };
  return {
    physicalLocation: {
      artifactLocation: { uri: formatUri(context.locate(file)) },
      region: { startLine: line, startColumn: column },
    },
    ...(object === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: object }] }),
  };
}

function formatUri(path: string): string {
  return isAbsolute(path) ? pathToFileURL(path).href : path.split('/').map(encodeURIComponent).join('/');
}
