import { checkBounds, formatBounds } from '../catalogue/plausibility.js';
import type { DialectName } from '../catalogue/dialects.js';
import type { Metric } from '../catalogue/metric.js';
import { meaningOf } from '../catalogue/value-kinds.js';
import type { KeyPath } from '../load/key-path.js';
import type { Bounds } from '../model.js';
import type { Finding, Place, ProblemCollector } from '../problem-collector.js';
import type { DetectorInput } from '../schema/detector-schema.js';

interface BoundsContext {
  readonly dialect: DialectName | undefined;
  readonly placeOf: (path: KeyPath) => Place;
  readonly problems: ProblemCollector;
}

/** When the detector is violated: as it says, else as the catalogue says. */
export function resolveBounds(
  input: DetectorInput,
  metric: Metric,
  context: BoundsContext,
): Bounds | undefined {
  const { problems, placeOf, dialect } = context;
  const [key, ...others] = boundKeys.filter((each) => input[each] !== undefined);
  if (key === undefined) {
    if (metric.bounds === undefined) reportNone(metric, context);
    return metric.bounds;
  }
  if (others.length > 0) {
    const message = `\`${key}\` and ${others.map((each) => `\`${each}\``).join(', ')} exclude each other.`;
    problems.error(
      'CONFIG_BOUNDS',
      { ...placeOf([others[0] ?? key]), key: true },
      { message, hint: 'A band is written `outside: [low, high]`.' },
    );
    return undefined;
  }
  const bounds = readBounds(input, metric);
  if ('message' in bounds) {
    problems.error('CONFIG_BOUNDS', placeOf([key]), bounds);
    return undefined;
  }
  const fault = checkBounds(metric, bounds, dialect);
  if (fault === undefined) return bounds;
  const message = `\`${key}: ${JSON.stringify(input[key]).replaceAll(',', ', ')}\` ${fault.message}`;
  problems.error('CONFIG_THRESHOLD_MEANING', placeOf([key]), { message, hint: fault.hint });
  return undefined;
}

const boundKeys = ['threshold', 'above', 'below', 'outside'] as const;

/** The bounds, or what is wrong with them. */
function readBounds(input: DetectorInput, metric: Metric): Bounds | Finding {
  if (input.above !== undefined) return { lower: undefined, upper: input.above };
  if (input.below !== undefined) return { lower: input.below, upper: undefined };
  const band = input.outside ?? input.threshold;
  if (Array.isArray(band)) return readBand(band);
  const [direction, ...more] = meaningOf(metric.value).directions;
  if (direction === 'outside')
    return {
      message: `\`${metric.name}\` is ${meaningOf(metric.value).words}, so its threshold is a band \`[low, high]\`.`,
      hint: metric.bounds === undefined ? undefined : `For example \`${formatBounds(metric.bounds)}\`.`,
    };
  if (more.length > 0)
    return {
      message: `Nothing says in which direction \`${metric.name}\` is bad.`,
      hint: 'Write `above` or `below` instead of `threshold`.',
    };
  return direction === 'above' ? { lower: undefined, upper: band } : { lower: band, upper: undefined };
}

function readBand([lower, upper]: readonly [number, number]): Bounds | Finding {
  return lower < upper
    ? { lower, upper }
    : {
        message: `The band [${lower}, ${upper}] is empty: the lower bound comes first.`,
        hint: lower === upper ? 'Write two different bounds.' : `Did you mean \`[${upper}, ${lower}]\`?`,
      };
}

function reportNone(metric: Metric, { placeOf, problems }: BoundsContext): void {
  const { words, directions } = meaningOf(metric.value);
  const message = `\`${metric.name}\` is ${words} and has no usual threshold.`;
  const hint = `Give ${directions.map((each) => `\`${each}\``).join(' or ')}.`;
  problems.error('CONFIG_BOUNDS', placeOf([]), { message, hint });
}
