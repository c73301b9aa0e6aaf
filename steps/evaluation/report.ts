import { z } from 'zod';
import { runFolders } from '../../charts/contract.js';
import { findRunFile } from '../run-file.js';
import { StepFailure } from '../step-failure.js';
import { writeReport } from '../write-report.js';
import type { Rival } from './champion.js';
import { formatTable } from './table.js';
import type { Verdict } from './verdict.js';
import { outcomeOf } from './verdict.js';

const file = 'evaluation.json';

const gateSchema = z.object({
  name: z.string(),
  value: z.number().nullable().describe('null: it could not be measured.'),
  deviation: z.number().optional(),
  count: z.number().optional(),
  champion: z.number().optional(),
  wanted: z.string(),
  outcome: z.enum(['passed', 'failed', 'not compared']),
  failures: z.array(z.string()),
});

const evaluationSchema = z.object({
  passed: z.boolean(),
  dataSnapshot: z.string().optional(),
  champion: z.object({ version: z.string(), source: z.string(), sameData: z.boolean() }).optional(),
  gates: z.array(gateSchema),
});

/** `report/evaluation.json`: what `evaluate` leaves for later steps and for people. */
export type Evaluation = z.output<typeof evaluationSchema>;

/** Writes `report/evaluation.json` and `report/evaluation.md`. */
export async function writeEvaluation(
  workspace: string,
  verdicts: readonly Verdict[],
  rival: Rival,
  dataSnapshot: string | undefined,
): Promise<void> {
  const evaluation: Evaluation = {
    passed: verdicts.every(({ failures }) => failures.length === 0),
    ...(dataSnapshot !== undefined && { dataSnapshot }),
    ...(rival.kind === 'champion' && {
      champion: { version: rival.version, source: rival.source, sameData: rival.sameData },
    }),
    gates: verdicts.map(describeGate),
  };
  await writeReport(workspace, file, `${JSON.stringify(evaluation, null, 2)}\n`);
  await writeReport(workspace, 'evaluation.md', describeEvaluation(evaluation, verdicts));
}

/** What was evaluated; undefined: the model has no gates, or was not evaluated. */
export async function readEvaluation(workspace: string): Promise<Evaluation | undefined> {
  const text = await findRunFile(workspace, runFolders.report, file);
  if (text === undefined) return undefined;
  try {
    return evaluationSchema.parse(JSON.parse(text));
  } catch {
    throw new StepFailure(`${runFolders.report}/${file} is not what evaluate has written.`);
  }
}

function describeGate(verdict: Verdict): Evaluation['gates'][number] {
  const { name, measured, champion, wanted, failures } = verdict;
  const value = measured !== undefined && Number.isFinite(measured.value) ? measured.value : null;
  return {
    name,
    value,
    ...measured?.spread,
    ...(champion !== undefined && { champion }),
    wanted,
    outcome: outcomeOf(verdict),
    failures: [...failures],
  };
}

function describeEvaluation(
  { passed, champion, dataSnapshot }: Evaluation,
  verdicts: readonly Verdict[],
): string {
  const lines = [
    `# ${passed ? 'All gates are met' : 'Not all gates are met'}`,
    formatTable(verdicts),
    champion === undefined
      ? 'There is no champion.'
      : `The champion is version ${champion.version}; what it reached says ${champion.source}.`,
    ...(dataSnapshot === undefined ? [] : [`Measured on the data ${dataSnapshot}.`]),
  ];
  return `${lines.join('\n\n')}\n`;
}
