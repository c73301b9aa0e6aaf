import { dialectNames, findElsewhere, findMetric, metricsOf } from '../../../config/catalogue/dialects.js';
import type { DialectName } from '../../../config/catalogue/dialects.js';
import { checkBounds, formatBounds } from '../../../config/catalogue/plausibility.js';
import { directionOf, meaningOf } from '../../../config/catalogue/value-kinds.js';
import type { Bounds } from '../../../config/model.js';

const above = (upper: number): Bounds => ({ lower: undefined, upper });
const below = (lower: number): Bounds => ({ lower, upper: undefined });
const outside = (lower: number, upper: number): Bounds => ({ lower, upper });

function check(dialect: DialectName, name: string, bounds: Bounds): string | undefined {
  const metric = findMetric(dialect, name);
  if (metric === undefined) throw new Error(`${dialect} has no ${name}`);
  const fault = checkBounds(metric, bounds, dialect);
  return fault && `${fault.message} ${fault.hint ?? ''}`;
}

test.each(dialectNames)(
  'the defaults of %s make sense, each in its direction, under names of their own',
  (dialect) => {
    const metrics = metricsOf(dialect);
    expect(new Set(metrics.map(({ name }) => name)).size).toBe(metrics.length);
    for (const metric of metrics) {
      if (metric.bounds === undefined) continue;
      expect([metric.name, checkBounds(metric, metric.bounds, dialect)]).toEqual([metric.name, undefined]);
      expect(directionOf(metric.bounds)).toBe(meaningOf(metric.value).directions[0]);
    }
  },
);

test.each<[DialectName, string, Bounds]>([
  ['trustyai-java', 'meanshift', below(0.01)],
  ['trustyai-python', 'comparemeans', above(3)],
  ['trustyai-python', 'kstest', above(0.05)],
  ['trustyai-java', 'fouriermmd', above(0.5)],
  ['trustyai-java', 'spd', outside(-0.2, 0.2)],
  ['trustyai-java', 'dir', outside(0.7, 1.5)],
  ['trustyai-java', 'dir', below(0.8)],
  ['exporter', 'accuracy', below(0.9)],
  ['exporter', 'r2', below(-0.5)],
  ['exporter', 'mae', above(1200)],
  ['exporter', 'latency', above(0.2)],
  ['exporter', 'error_ratio', above(0.01)],
  ['exporter', 'drift_score', below(-5)],
])('%s %s allows %j', (dialect, name, bounds) => {
  expect(check(dialect, name, bounds)).toBeUndefined();
});

test.each<[DialectName, string, Bounds, RegExp]>([
  [
    'trustyai-python',
    'comparemeans',
    below(0.05),
    /t statistic.*p-value.*above: 1\.96.*trustyai-java.*meanshift/,
  ],
  ['trustyai-python', 'comparemeans', above(0.05), /t statistic.*above: 1\.96/],
  ['trustyai-python', 'comparemeans', below(-2), /t statistic.*above: 1\.96/],
  ['trustyai-python', 'kstest', below(0.05), /statistic D.*trustyai-java/],
  ['trustyai-python', 'jensenshannon', below(0.05), /distance/],
  ['trustyai-java', 'fouriermmd', below(0.05), /probability of drift/],
  ['trustyai-java', 'meanshift', below(5), /0\.05/],
  ['trustyai-java', 'meanshift', below(0), /p-value/],
  ['trustyai-java', 'meanshift', below(-0.05), /p-value/],
  ['trustyai-java', 'meanshift', above(0.05), /below: 0\.05/],
  ['trustyai-java', 'meanshift', outside(0.05, 0.95), /p-value/],
  ['trustyai-java', 'dir', outside(-0.1, 0.1), /one of `spd`/],
  ['trustyai-java', 'spd', outside(0.8, 1.2), /one of `dir`/],
  ['trustyai-java', 'spd', outside(0.1, 0.2), /0 is fair/],
  ['exporter', 'accuracy', below(75), /`0\.75`/],
  ['exporter', 'accuracy', above(0.75), /below/],
  ['exporter', 'mae', above(-1), /never negative/],
  ['exporter', 'r2', below(80), /at most 1/],
  ['exporter', 'latency', above(100), /`0\.1` is 100 ms/],
  ['exporter', 'error_ratio', above(5), /`0\.05`/],
  ['evidently', 'drift_share', above(50), /`0\.5`/],
  ['exporter', 'mae', above(Infinity), /error/],
  ['exporter', 'drift_score', above(Number.NaN), /makes no sense/],
])('%s %s refuses %j and says why', (dialect, name, bounds, why) => {
  expect(check(dialect, name, bounds)).toMatch(why);
});

test('a metric of the other dialect is recognised', () => {
  expect(findElsewhere('trustyai-python', 'meanshift')).toMatchObject({
    other: 'trustyai-java',
    instead: { name: 'comparemeans' },
  });
  expect(findElsewhere('trustyai-java', 'comparemeans')).toMatchObject({
    other: 'trustyai-python',
    instead: { name: 'meanshift' },
  });
  expect(findElsewhere('trustyai-java', 'nonsense')).toEqual({});
});

test('bounds read as they are written', () => {
  expect([above(1), below(2), outside(-1, 1)].map(formatBounds)).toEqual([
    'above: 1',
    'below: 2',
    'outside: [-1, 1]',
  ]);
});
