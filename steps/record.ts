import { record as contract } from '../charts/tasks/record.js';
import { labels, runAnnotations } from '../charts/conventions.js';
import { recordOutcome } from './lease.js';
import { readReport } from './run-report.js';
import type { RunReport } from './run-report.js';
import type { Step } from './step.js';

/**
 * The Lease comes first: a run that has no outcome on it, but failed, is counted by the next `admit`, and counting twice
 * counts once. Both writes say the same however often they are repeated.
 */
export const record: Step<typeof contract> = {
  contract,
  async perform({ model, run }, context) {
    const api = context.api();
    const report = await readReport(api, run);
    const { outcome, reason, sentence } = report;
    await recordOutcome(api, model, run, outcome);
    await api.patch('pipelineruns', run, describeEnd(report));
    context.log(`Recorded: ${outcome}${reason === '' ? '' : ` (${reason})`}, ${sentence}`);
    return { outcome, reason: reason === '' ? 'none' : reason };
  },
};

/** A merge patch. */
function describeEnd({ outcome, reason, sentence, version, image, commit, metrics }: RunReport): object {
  const annotations = {
    [runAnnotations.summary]: sentence,
    [runAnnotations.version]: version,
    [runAnnotations.image]: image,
    [runAnnotations.release]: commit,
    [runAnnotations.metrics]: metrics,
  };
  return {
    metadata: {
      labels: {
        [labels.outcome]: outcome,
        ...(reason === '' ? {} : { [labels.reason]: labelValue(reason) }),
      },
      // A key without a value is left out of the JSON, and so of the patch.
      annotations,
    },
  };
}

/** Names of tasks and demands are labels already; what is no label would make the API server refuse all of it. */
function labelValue(text: string): string {
  return text
    .replace(/[^-A-Za-z0-9_.]/g, '')
    .slice(0, 63)
    .replace(/^[-_.]+|[-_.]+$/g, '');
}
