import type { z } from 'zod';
import { evaluate as contract } from '../charts/tasks/evaluate.js';
import { measure } from './evaluation/measurement.js';
import { readMetricsFile } from './evaluation/metrics-file.js';
import type { WrittenMetrics } from './evaluation/metrics-file.js';
import { StepFailure } from './step-failure.js';
import type { Step } from './step.js';

type Gate = z.output<typeof contract.params>['gates'][number];

interface Verdict {
  readonly gate: Gate;
  /** As people shall read it. */
  readonly found: string;
  /** undefined: the threshold is met. */
  readonly failure: string | undefined;
}

/** Fails closed: only a finite number within both bounds passes. */
export const evaluate: Step<typeof contract> = {
  contract,
  async perform({ gates }, { workspace, log }) {
    const { metrics } = await readMetricsFile(workspace());
    const verdicts = gates.map((gate) => judge(gate, metrics));
    for (const { gate, found } of verdicts)
      log(`${gate.metric} is ${found}, wanted ${describeBounds(gate)}.`);
    const failures = verdicts.flatMap(({ failure }) => failure ?? []);
    const results = { passed: String(failures.length === 0), summary: summarize(verdicts) };
    if (failures.length === 0) return results;
    throw new StepFailure(`The model is not released: ${failures.join(', ')}.`, results);
  },
};

function judge(gate: Gate, metrics: WrittenMetrics): Verdict {
  const measured = measure(metrics, gate.metric);
  if ('fault' in measured) {
    return { gate, found: measured.fault.replace(/^is /, ''), failure: `${gate.metric} ${measured.fault}` };
  }
  const { value } = measured.value;
  const within = value >= (gate.min ?? -Infinity) && value <= (gate.max ?? Infinity);
  const failure = within ? undefined : `${gate.metric} is ${value}, wanted ${describeBounds(gate)}`;
  return { gate, found: String(value), failure };
}

function describeBounds({ min, max }: Gate): string {
  if (min === undefined && max === undefined) return 'any number';
  if (max === undefined) return `at least ${min}`;
  return min === undefined ? `at most ${max}` : `${min} to ${max}`;
}

/** A Task's results share 4096 bytes, so the table ends where its share does; what failed stands first. */
function summarize(verdicts: readonly Verdict[]): string {
  const sorted = verdicts.toSorted(
    (a, b) => Number(a.failure === undefined) - Number(b.failure === undefined),
  );
  const lines = ['| metric | value | wanted | |', '| --- | --- | --- | --- |'];
  for (const [index, { gate, found, failure }] of sorted.entries()) {
    const line = `| ${cellOf(gate.metric)} | ${found} | ${describeBounds(gate)} | ${failure === undefined ? 'ok' : '**failed**'} |`;
    if (Buffer.byteLength([...lines, line].join('\n')) > summaryLimit) {
      return [...lines, `| and ${sorted.length - index} more | | | |`].join('\n');
    }
    lines.push(line);
  }
  return lines.join('\n');
}

const summaryLimit = 3000;

/** A metric may have any name; none may begin another cell or row. */
function cellOf(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
