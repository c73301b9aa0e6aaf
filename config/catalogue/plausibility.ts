import type { Bounds } from '../model.js';
import type { ValueFault } from '../values/fault.js';
import { dialectNames, findMetric } from './dialects.js';
import type { DialectName } from './dialects.js';
import type { Metric } from './metric.js';
import type { Range, ValueKind } from './value-kinds.js';
import { directionOf, meaningOf } from './value-kinds.js';

/** Refuses bounds that make no sense for what the metric's value means; says which metric was probably meant. */
export function checkBounds(metric: Metric, bounds: Bounds, dialect?: DialectName): ValueFault | undefined {
  const meaning = meaningOf(metric.value);
  const direction = directionOf(bounds);
  const numbers = [bounds.lower, bounds.upper].filter((bound) => bound !== undefined);
  const fits = numbers.every((bound) => lies(bound, meaning.plausible));
  const centred = direction !== 'outside' || spansFairValue(metric.value, bounds);
  if (meaning.directions.includes(direction) && fits && centred) return undefined;
  const message = `makes no sense: \`${metric.name}\` is ${meaning.words}. ${meaning.reason}.`;
  return { message, hint: adviceFor(metric, bounds, dialect) };
}

function lies(bound: number, { from, to, open = false }: Range): boolean {
  if (!Number.isFinite(bound)) return false;
  return open ? bound > from && bound < to : bound >= from && bound <= to;
}

/** A band must contain the value that is fair, or it is always violated. */
function spansFairValue(kind: ValueKind, { lower = -Infinity, upper = Infinity }: Bounds): boolean {
  if (kind !== 'difference' && kind !== 'ratio') return true;
  const fair = kind === 'ratio' ? 1 : 0;
  return lower <= fair && fair <= upper;
}

/** What was probably meant, from the most particular to the most general. */
function adviceFor(metric: Metric, bounds: Bounds, dialect: DialectName | undefined): string {
  return (
    bandOfAnother(metric, bounds) ??
    pValueBound(metric, bounds, dialect) ??
    scaledBound(metric, bounds) ??
    commonBounds(metric, bounds)
  );
}

function bandOfAnother(metric: Metric, bounds: Bounds): string | undefined {
  if (directionOf(bounds) !== 'outside') return undefined;
  const other = metric.value === 'ratio' ? 'spd' : metric.value === 'difference' ? 'dir' : undefined;
  if (other === undefined || !spansFairValue(other === 'dir' ? 'ratio' : 'difference', bounds))
    return undefined;
  return `The band is one of \`${other}\`; for \`${metric.name}\` use \`${formatBounds(metric.bounds)}\`.`;
}

/** A threshold of a p-value on something else; says which dialect publishes a p-value for it. */
function pValueBound(metric: Metric, bounds: Bounds, dialect: DialectName | undefined): string | undefined {
  const bound = bounds.lower ?? bounds.upper ?? Infinity;
  if (metric.value === 'p-value' || bound <= 0 || bound > 0.1) return undefined;
  if (!['t-statistic', 'ks-statistic', 'distance', 'statistic', 'probability'].includes(metric.value))
    return undefined;
  const publisher = dialectNames.find(
    (each) => each !== dialect && findMetric(each, pValueName(metric))?.value === 'p-value',
  );
  const use =
    metric.bounds === undefined
      ? 'Use `above` with a bound of your own'
      : `Use \`${formatBounds(metric.bounds)}\``;
  const where =
    publisher === undefined
      ? ''
      : `; only the dialect \`${publisher}\` publishes a p-value (\`${pValueName(metric)}\`)`;
  return `${bound} looks like the threshold of a p-value. ${use}${where}.`;
}

function pValueName(metric: Metric): string {
  return metric.name === 'comparemeans' ? 'meanshift' : metric.name;
}

/** Percent for shares, milliseconds for seconds. */
function scaledBound(metric: Metric, { lower, upper }: Bounds): string | undefined {
  const bound = lower ?? upper;
  const { plausible } = meaningOf(metric.value);
  if (bound === undefined || bound <= plausible.to) return undefined;
  if (metric.value === 'seconds') return `Did you mean milliseconds? \`${bound / 1000}\` is ${bound} ms.`;
  if (plausible.to <= 1 && lies(bound / 100, plausible))
    return `Did you mean \`${Number((bound / 100).toPrecision(6))}\`, which is ${bound} %?`;
  return undefined;
}

function commonBounds(metric: Metric, bounds: Bounds): string {
  const [direction] = meaningOf(metric.value).directions;
  if (metric.bounds !== undefined)
    return `Use \`${formatBounds(metric.bounds)}\`, or leave the threshold out.`;
  return directionOf(bounds) === direction ? 'Choose one that the value can reach.' : `Use \`${direction}\`.`;
}

/** As written in a detector: `above: 1.96`, `outside: [0.8, 1.2]`. */
export function formatBounds(bounds: Bounds | undefined): string {
  if (bounds?.lower !== undefined && bounds.upper !== undefined)
    return `outside: [${bounds.lower}, ${bounds.upper}]`;
  if (bounds?.lower !== undefined) return `below: ${bounds.lower}`;
  return `above: ${bounds?.upper ?? ''}`;
}
