import type { Admission, ClockInterval } from '../model-admission.js';
import type { ProblemCollector } from '../problem-collector.js';
import type { AdmissionInput } from '../schema/admission-schema.js';
import type { TimeIntervalInput } from '../schema/time-interval-schema.js';
import { suggest } from '../suggest.js';
import { checkPromql, typeOfPromql } from '../values/promql.js';
import type { Layer } from './layers.js';
import { placeIn } from './layers.js';
import { resolveClockInterval } from './resolve-time-intervals.js';

interface AdmissionContext {
  readonly layers: readonly Layer<object>[];
  readonly timeIntervals: Readonly<Record<string, TimeIntervalInput>>;
  readonly problems: ProblemCollector;
}

/** `training.admission`, checked by its schema. */
export function resolveAdmission(input: AdmissionInput, context: AdmissionContext): Admission {
  const { maxRunsPerDay, maxFailures, stillFiring, samples, whenUnknown } = input;
  if (samples !== undefined) checkQuery(samples.query, context);
  const freeze = input.freeze.flatMap((name, index) => findInterval(name, index, context) ?? []);
  return { freeze, maxRunsPerDay, maxFailures, stillFiring, samples, whenUnknown };
}

const base = ['training', 'admission'] as const;

function findInterval(
  name: string,
  index: number,
  { layers, timeIntervals, problems }: AdmissionContext,
): ClockInterval | undefined {
  const interval = Object.hasOwn(timeIntervals, name) ? timeIntervals[name] : undefined;
  if (interval !== undefined) return resolveClockInterval(name, interval);
  problems.error('CONFIG_TIME_INTERVAL_UNKNOWN', placeIn(layers, [...base, 'freeze', index]), {
    message: `\`timeIntervals\` has no \`${name}\`.`,
    ...suggest(name, Object.keys(timeIntervals)),
  });
  return undefined;
}

/** What the step puts in the place of `$since`, as long as it takes here. */
const sampleRange = '3600s';

function checkQuery(query: string, { layers, problems }: AdmissionContext): void {
  const place = placeIn(layers, [...base, 'samples', 'query']);
  const text = query.replaceAll('$since', sampleRange);
  const [fault] = checkPromql(text);
  const type = fault === undefined ? typeOfPromql(text) : undefined;
  if (type === 'vector' || type === 'scalar') return;
  problems.error(
    'CONFIG_PROMQL',
    { ...place, ...(fault !== undefined && text === query && { index: fault.from }) },
    {
      message:
        fault === undefined
          ? `\`query\` gives ${type === 'matrix' ? 'a range of values' : 'a text'}, not one value.`
          : `\`query\`: ${fault.message.replace(/\.$/, '')}.`,
      hint: 'For example `sum(increase(requests_total{namespace="mlops-test"}[$since]))`.',
    },
  );
}
