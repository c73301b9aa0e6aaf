import type { z } from 'zod';
import { evaluate as contract, noRepository } from '../charts/tasks/evaluate.js';
import type { Release } from '../config/release.js';
import { chooseChampion } from './evaluation/champion.js';
import { judgeMetrics } from './evaluation/judge-metrics.js';
import { readMetricsFile } from './evaluation/metrics-file.js';
import { writeEvaluation } from './evaluation/report.js';
import { summarize } from './evaluation/table.js';
import { openRemote } from './open-remote.js';
import { readRelease } from './read-release.js';
import { readSnapshot } from './snapshot.js';
import { StepFailure } from './step-failure.js';
import type { Step, StepContext } from './step.js';

type Request = z.output<typeof contract.params>;

/** A Task's results share 4096 bytes, so the table ends where its share does. */
const summaryLimit = 3000;

/** Fails closed: only a finite number that meets every gate passes. */
export const evaluate: Step<typeof contract> = {
  contract,
  async perform(request, context) {
    const { gates } = request;
    const workspace = context.workspace();
    const file = await readMetricsFile(workspace);
    const snapshot = file.dataSnapshot ?? (await readSnapshot(workspace));
    const environment = gates.champion.environment ?? '';
    const record = await findRecord(request, environment, context);
    const rival = chooseChampion(record, file, snapshot, environment);
    const verdicts = judgeMetrics(gates, file.metrics, rival);
    for (const { name, found, wanted } of verdicts) context.log(`${name} is ${found}, wanted ${wanted}.`);
    await writeEvaluation(workspace, verdicts, rival, snapshot);
    const failures = verdicts.flatMap((verdict) => verdict.failures);
    const results = { passed: String(failures.length === 0), summary: summarize(verdicts, summaryLimit) };
    if (failures.length === 0) return results;
    throw new StepFailure(`The model is not released: ${failures.join(', ')}.`, results);
  },
};

async function findRecord(
  { model, targetRepository, targetBranch }: Request,
  environment: string,
  { credentials }: StepContext,
): Promise<Release | undefined> {
  if (targetRepository === noRepository || environment === '') return undefined;
  return readRelease(openRemote(targetRepository, credentials), targetBranch, { environment, model });
}
