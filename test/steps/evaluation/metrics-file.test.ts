import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { metricSchema, metricsJsonSchema } from '../../../charts/tasks/metrics-file.js';
import { measure, readMetric } from '../../../steps/evaluation/measurement.js';
import { readMetricsFile } from '../../../steps/evaluation/metrics-file.js';
import { findRepeatedKey } from '../../../steps/evaluation/repeated-key.js';

let workspace: string;

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'driftloop-metrics-'));
  mkdirSync(join(workspace, 'output'));
});

afterEach(() => {
  rmSync(workspace, { recursive: true });
});

function read(content: unknown) {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  writeFileSync(join(workspace, 'output/metrics.json'), text);
  return readMetricsFile(workspace);
}

const of = (value: unknown) => new Map([['accuracy', value]]);

test('plain numbers, the data they were measured on and the champion are read', async () => {
  const file = await read({
    accuracy: 0.9,
    dataSnapshot: 'holdout@2026-11',
    champion: { version: '20261101-abc1234', metrics: { accuracy: 0.88 } },
  });
  expect(file).toEqual({
    metrics: of(0.9),
    dataSnapshot: 'holdout@2026-11',
    champion: { version: '20261101-abc1234', metrics: of(0.88) },
  });
});

test.each([
  ['a number', 0.9, 0.9, undefined],
  ['samples', { samples: [1, 2, 3, 4] }, 2.5, { deviation: Math.sqrt(5 / 3), count: 4 }],
  ['one sample', { samples: [3] }, 3, { deviation: 0, count: 1 }],
  ['their mean', { mean: 0.9, std: 0.02, count: 30 }, 0.9, { deviation: 0.02, count: 30 }],
])('%s is measured', (_, written, value, spread) => {
  expect(measure(of(written), 'accuracy')).toEqual({ value: { value, spread } });
});

test.each([
  ['text', '0.9'],
  ['null', null],
  ['true', true],
  ['a list', [0.9]],
  ['no sample', { samples: [] }],
  ['a sample that is text', { samples: [1, '2'] }],
  ['an infinite sample', { samples: [1, Infinity] }],
  ['a negative deviation', { mean: 1, std: -1, count: 3 }],
  ['half a sample', { mean: 1, std: 1, count: 2.5 }],
  ['no count', { mean: 1, std: 1 }],
  ['both forms at once', { samples: [1], mean: 1, std: 1, count: 1 }],
  ['an unknown key', { value: 1 }],
])('%s is no number', (_, written) => {
  expect(measure(of(written), 'accuracy')).toEqual({ fault: 'is no number' });
});

test('what is too large to compute with is refused, not compared as infinite', () => {
  expect(measure(of({ samples: [1.7e308, 1.7e308] }), 'accuracy')).toEqual({
    fault: 'is too large to compute with',
  });
});

test('groups and percentiles are no number, but are read as what they are', () => {
  expect(measure(of({ groups: { a: 0.5 } }), 'accuracy')).toMatchObject({
    fault: /has groups/.source + ', and is no number',
  });
  expect(readMetric(of({ percentiles: { p95: 12, 'p99.9': 20 } }), 'accuracy')).toEqual({
    value: { percentiles: { p95: 12, 'p99.9': 20 } },
  });
});

test.each([
  ['{"accuracy": 0.1, "accuracy": 0.9}', 'metrics.json has the name "accuracy" twice.'],
  ['{"accuracy": 0.1, "\\u0061ccuracy": 0.9}', 'metrics.json has the name "accuracy" twice.'],
  ['{"accuracy": {"mean": 1, "mean": 2}}', 'metrics.json has the name "mean" twice.'],
  ['{"accuracy": -Infinity}', 'metrics.json is not JSON (NaN and Infinity are not either).'],
  ['{"dataSnapshot": 5}', 'dataSnapshot in metrics.json: Invalid input: expected string, received number.'],
  ['{"dataSnapshot": "a b"}', 'dataSnapshot in metrics.json: must be 1 to 200 letters'],
  ['{"dataSnapshot": "$(params.x)"}', 'dataSnapshot in metrics.json: must be 1 to 200 letters'],
  ['{"champion": {"metrics": {}}}', 'champion.version in metrics.json:'],
  [
    '{"champion": {"version": "1", "metrics": {"accuracy": "x"}}}',
    'champion.metrics.accuracy in metrics.json:',
  ],
])('a file with a lie in it fails in one sentence (%#)', async (text, sentence) => {
  await expect(read(text)).rejects.toThrow(sentence);
});

test('a name of a megabyte is refused in a short sentence', async () => {
  const name = 'x'.repeat(400_000);
  const failure = await read(`{"${name}": 1, "${name}": 2}`).catch((error: unknown) => error);
  expect((failure as Error).message.length).toBeLessThan(300);
});

test('what JSON.stringify writes never has a name twice', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(findRepeatedKey(JSON.stringify(value))).toBeUndefined();
    }),
  );
});

test('a name that is written twice is found, whatever stands around it', () => {
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), fc.jsonValue(), (name, left, right) => {
      const [key, a, b] = [name, left, right].map((part) => JSON.stringify(part));
      expect(findRepeatedKey(`[${a}, {"outer": {${key}: ${a}, ${key}: ${b}}}]`)).toBe(name);
    }),
  );
});

describe('the published schema', () => {
  const validate = new Ajv({ strict: false }).compile(
    JSON.parse(readFileSync('schemas/metrics.schema.json', 'utf8')) as object,
  );

  test('is the one that is read by', () => {
    expect(JSON.parse(readFileSync('schemas/metrics.schema.json', 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(metricsJsonSchema())),
    );
  });

  test.each([
    [{ accuracy: 1 }, true],
    [{ fairness: { groups: { female: 0.5, male: 0.6 } }, latency: { percentiles: { p95: 1 } } }, true],
    [{ champion: { version: '1', metrics: { accuracy: { samples: [1] } } } }, true],
    [{ accuracy: '1' }, false],
    [{ latency: { percentiles: { fast: 1 } } }, false],
    [{ fairness: { groups: { female: 1.5 } } }, false],
  ])('agrees about %j', (file, valid) => {
    expect(validate(file)).toBe(valid);
    const metrics = Object.entries(file).filter(([name]) => name !== 'champion');
    expect(metrics.every(([, metric]) => metricSchema.safeParse(metric).success)).toBe(valid);
  });
});
