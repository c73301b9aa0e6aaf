import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { evaluate } from '../../steps/evaluate.js';
import { readModelImage } from '../../steps/training-output.js';
import { StepFailure } from '../../steps/step-failure.js';
import type { MetricGate } from '../../config/model.js';
import { metricGates } from '../gates.js';
import { createContext } from './context.js';

let workspace: string;

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'driftloop-evaluate-'));
  mkdirSync(join(workspace, 'output'));
});

afterEach(() => {
  rmSync(workspace, { recursive: true });
});

const accuracy: readonly MetricGate[] = [{ metric: 'accuracy', min: 0.75, max: undefined }];
const request = {
  model: 'jukebox',
  gates: metricGates(...accuracy),
  targetRepository: 'none',
  targetBranch: 'main',
};

const gate = (metric: string, min?: number): MetricGate => ({ metric, min, max: undefined });

function judge(metrics: unknown, gates = accuracy) {
  writeFileSync(
    join(workspace, 'output/metrics.json'),
    typeof metrics === 'string' ? metrics : JSON.stringify(metrics),
  );
  return evaluate.perform({ ...request, gates: metricGates(...gates) }, createContext({ workspace }));
}

test('a model within all bounds passes', async () => {
  const gates = [
    ...accuracy,
    { metric: 'loss', min: undefined, max: 0.6 },
    { metric: 'bias', min: -0.1, max: 0.1 },
  ];
  expect(await judge({ accuracy: 0.75, loss: 0.6, bias: 0, other: 'text' }, gates)).toEqual({
    passed: 'true',
    summary: [
      '| metric | value | champion | wanted | |',
      '| --- | --- | --- | --- | --- |',
      '| accuracy | 0.75 |  | at least 0.75 | passed |',
      '| loss | 0.6 |  | at most 0.6 | passed |',
      '| bias | 0 |  | -0.1 to 0.1 | passed |',
    ].join('\n'),
  });
});

test.each([
  ['below', { accuracy: 0.7499 }, 'accuracy is 0.7499, wanted at least 0.75'],
  ['missing', {}, 'accuracy is missing'],
  ['a text', { accuracy: '0.9' }, 'accuracy is no number'],
  ['null', { accuracy: null }, 'accuracy is no number'],
  ['infinite', '{"accuracy": 1e999}', 'accuracy is no number'],
  ['a list', { accuracy: [0.9] }, 'accuracy is no number'],
  ['nested', { accuracy: { value: 0.9 } }, 'accuracy is no number'],
  [
    'nested without end',
    `{"accuracy": ${'['.repeat(300_000)}${']'.repeat(300_000)}}`,
    'accuracy is no number',
  ],
  ['true', { accuracy: true }, 'accuracy is no number'],
  ['inherited', '{"__proto__": {"accuracy": 1}}', 'accuracy is missing'],
])('a metric that is %s fails, and the results say so', async (_, metrics, sentence) => {
  const failure = await judge(metrics).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StepFailure);
  expect(failure).toMatchObject({
    message: `The model is not released: ${sentence}.`,
    results: { passed: 'false' },
  });
});

test('a gate named after an inherited property is missing, not passed', async () => {
  await expect(judge({}, [gate('constructor'), gate('__proto__')])).rejects.toThrow(
    'The model is not released: constructor is missing, __proto__ is missing.',
  );
});

test.each([
  ['{"accuracy": NaN}', 'metrics.json is not JSON (NaN and Infinity are not either).'],
  ['', 'metrics.json is not JSON (NaN and Infinity are not either).'],
  ['[0.9]', 'metrics.json must be an object of numbers by metric name.'],
  ['null', 'metrics.json must be an object of numbers by metric name.'],
  [' '.repeat(1_048_577), 'metrics.json must be a plain file of at most 1048576 bytes.'],
])('a file that is no table of metrics fails with one sentence (%#)', async (text, sentence) => {
  await expect(judge(text)).rejects.toThrow(sentence);
});

test('a training that leaves nothing fails', async () => {
  await expect(evaluate.perform(request, createContext({ workspace }))).rejects.toThrow(
    'Training left no metrics.json in its output folder.',
  );
});

test('a link out of the output folder is not followed', async () => {
  writeFileSync(join(workspace, 'elsewhere.json'), '{"accuracy": 1}');
  symlinkSync(join(workspace, 'elsewhere.json'), join(workspace, 'output/metrics.json'));
  await expect(evaluate.perform(request, createContext({ workspace }))).rejects.toThrow(
    'Training left no metrics.json in its output folder.',
  );
});

test('an output folder that is a link itself is not followed', async () => {
  rmSync(join(workspace, 'output'), { recursive: true });
  mkdirSync(join(workspace, 'other'));
  writeFileSync(join(workspace, 'other/metrics.json'), '{"accuracy": 1}');
  symlinkSync('other', join(workspace, 'output'));
  await expect(evaluate.perform(request, createContext({ workspace }))).rejects.toThrow('Training left no');
});

test('whatever the number is, it passes exactly when it is finite and within the bounds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.double(), fc.double({ noNaN: true }), async (value, min) => {
      const passed = await judge({ accuracy: value }, [gate('accuracy', min)]).then(
        () => true,
        () => false,
      );
      expect(passed).toBe(Number.isFinite(value) && value >= min);
    }),
    { numRuns: 50 },
  );
});

test('two hundred gates fit into the results of a Task, what failed first', async () => {
  const gates = Array.from({ length: 200 }, (_, index) => ({
    ...gate(`metric-${index}-${'x'.repeat(30)}`, 0),
  }));
  const metrics = Object.fromEntries(gates.map(({ metric }, index) => [metric, index === 199 ? -1 : 1]));
  const failure = (await judge(metrics, gates).catch((error: unknown) => error)) as StepFailure;
  const lines = failure.results.summary?.split('\n') ?? [];
  expect(Buffer.byteLength(lines.join('\n'))).toBeLessThan(3100);
  expect(lines[2]).toContain('metric-199');
  expect(lines.at(-1)).toMatch(/^\| and \d+ more /);
});

test('a metric cannot name itself into another row of the table', async () => {
  const metric = 'a | 1 | ok |\n| b';
  const { summary } = await judge({ [metric]: 1 }, [gate(metric, 0)]);
  expect(summary.split('\n').at(-1)).toBe('| a \\| 1 \\| ok \\| \\| b | 1 |  | at least 0 | passed |');
});

describe('where the model is', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  const image = (value: unknown) => {
    writeFileSync(join(workspace, 'output/model.json'), JSON.stringify({ image: value }));
    return readModelImage(workspace);
  };

  test('is a reference by digest', async () => {
    const reference = `oci://registry.example.com:5000/jukebox/model@${digest}`;
    expect(await image(reference)).toBe(reference);
  });

  test.each([
    'oci://registry.example.com/jukebox/model:latest',
    `registry.example.com/model@${digest}`,
    `oci://registry.example.com/model@${digest} `,
    `oci://registry.example.com/$(params.x)@${digest}`,
    `oci://registry.example.com/model@sha256:abc`,
    42,
    null,
  ])('is nothing else: %s', async (value) => {
    await expect(image(value)).rejects.toThrow('model.json must be {"image": "oci://repository@sha256:…"}');
  });
});
