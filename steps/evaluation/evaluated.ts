import type { Release } from '../../config/release.js';
import { readSnapshot } from '../snapshot.js';
import { readMetricsFile } from './metrics-file.js';
import { readEvaluation } from './report.js';

/** What a release remembers of its evaluation. */
export type Evaluated = Pick<Release, 'metrics' | 'spread' | 'gates' | 'dataSnapshot'>;

/** What was found out about the trained model; a model without gates has no metrics that anybody asked for. */
export async function describeEvaluated(workspace: string): Promise<Evaluated> {
  const file = await readMetricsFile(workspace);
  const evaluation = await readEvaluation(workspace);
  const dataSnapshot = file.dataSnapshot ?? (await readSnapshot(workspace));
  const gates = evaluation?.gates ?? [];
  return {
    metrics: Object.fromEntries(gates.flatMap(({ name, value }) => (value === null ? [] : [[name, value]]))),
    spread: Object.fromEntries(
      gates.flatMap(({ name, deviation, count }) =>
        deviation === undefined || count === undefined ? [] : [[name, { deviation, count }]],
      ),
    ),
    gates: Object.fromEntries(
      gates.flatMap(({ name, wanted, outcome }) =>
        outcome === 'failed' ? [] : [[name, { wanted, outcome }]],
      ),
    ),
    ...(dataSnapshot !== undefined && { dataSnapshot }),
  };
}
