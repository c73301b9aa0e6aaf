import type { ChampionPolicy, Gates, Improvement } from '../../../config/model.js';
import type { Release } from '../../../config/release.js';
import { chooseChampion } from '../../../steps/evaluation/champion.js';
import { judgeMetrics } from '../../../steps/evaluation/judge-metrics.js';
import { outcomeOf } from '../../../steps/evaluation/verdict.js';

const record: Release = {
  model: 'jukebox',
  environment: 'test',
  version: '20261101000000-abcdef0',
  image: `oci://registry.example.com/jukebox@sha256:${'0'.repeat(64)}`,
  releasedAt: '2026-11-01T00:00:00Z',
  by: 'run-1',
  commit: undefined,
  metrics: { accuracy: 0.9, rmse: 2 },
  spread: { accuracy: { deviation: 0.02, count: 40 } },
  dataSnapshot: 'holdout-1',
};

const higher: Improvement = {
  better: 'higher',
  minImprovement: undefined,
  tolerance: undefined,
  test: undefined,
};
const test005 = { significance: 0.05, minSamples: 30, minEffect: 0.2 };

interface Case {
  readonly metrics: Readonly<Record<string, unknown>>;
  readonly improvement?: Partial<Improvement>;
  readonly policy?: Partial<ChampionPolicy>;
  readonly record?: Release | undefined;
  readonly snapshot?: string | undefined;
  readonly champion?: { readonly version: string; readonly metrics: Readonly<Record<string, unknown>> };
  readonly metric?: string;
}

function judge(given: Case) {
  const { metrics, improvement = {}, policy = {}, champion, metric = 'accuracy' } = given;
  const gates: Gates = {
    metrics: [{ metric, min: undefined, max: undefined, improvement: { ...higher, ...improvement } }],
    fairness: [],
    latency: [],
    champion: { environment: 'test', first: 'fail', data: 'same', ...policy },
  };
  const snapshot = 'snapshot' in given ? given.snapshot : 'holdout-1';
  const file = {
    metrics: new Map(Object.entries(metrics)),
    dataSnapshot: snapshot,
    champion: champion && { version: champion.version, metrics: new Map(Object.entries(champion.metrics)) },
  };
  const rival = chooseChampion('record' in given ? given.record : record, file, snapshot, 'test');
  const [verdict] = judgeMetrics(gates, file.metrics, rival);
  if (verdict === undefined) throw new Error('no verdict');
  return { ...verdict, outcome: outcomeOf(verdict) };
}

describe('improvement over the champion', () => {
  const cases: readonly (readonly [string, Case, string, string?])[] = [
    ['a better model', { metrics: { accuracy: 0.91 } }, 'passed'],
    [
      'an identical model',
      { metrics: { accuracy: 0.9 } },
      'failed',
      'accuracy is 0.9, and 0.9 for the champion, wanted better than the champion',
    ],
    ['a worse model', { metrics: { accuracy: 0.89 } }, 'failed'],
    [
      'a better model by too little',
      { metrics: { accuracy: 0.91 }, improvement: { minImprovement: 0.02 } },
      'failed',
      'accuracy is 0.91, and 0.9 for the champion, wanted better than the champion by at least 0.02',
    ],
    [
      'exactly the least improvement',
      { metrics: { accuracy: 0.91 }, improvement: { minImprovement: 0.01 } },
      'passed',
    ],
    [
      'an improvement that binary fractions make smaller',
      {
        metrics: { accuracy: 0.3 },
        record: { ...record, metrics: { accuracy: 0.2 } },
        improvement: { minImprovement: 0.1 },
      },
      'passed',
    ],
    ['a tolerably worse model', { metrics: { accuracy: 0.89 }, improvement: { tolerance: 0.01 } }, 'passed'],
    [
      'an intolerably worse model',
      { metrics: { accuracy: 0.88 }, improvement: { tolerance: 0.01 } },
      'failed',
      'accuracy is 0.88, and 0.9 for the champion, wanted at most 0.01 worse than the champion',
    ],
    ['a lower error', { metric: 'rmse', metrics: { rmse: 1.9 }, improvement: { better: 'lower' } }, 'passed'],
    [
      'a higher error',
      { metric: 'rmse', metrics: { rmse: 2.1 }, improvement: { better: 'lower' } },
      'failed',
    ],
    ['a missing metric', { metrics: {} }, 'failed', 'accuracy is missing'],
    ['an infinite metric', { metrics: { accuracy: Infinity } }, 'failed', 'accuracy is no number'],
  ];
  const named = cases.map(([name, given, outcome, failure]) => ({ name, given, outcome, failure }));

  test.each(named)('$name', ({ given, outcome, failure }) => {
    const verdict = judge(given);
    expect(verdict.outcome).toBe(outcome);
    if (failure !== undefined) expect(verdict.failures).toEqual([failure]);
  });
});

describe('D17: a champion that cannot be found never means that everything passes', () => {
  test('without a release the policy decides, and "fail" is a failure', () => {
    const given: Case = { metrics: { accuracy: 0.99 }, record: undefined };
    expect(judge(given)).toMatchObject({
      outcome: 'failed',
      failures: ['accuracy cannot be compared with the champion: no release of it is recorded in test'],
    });
    expect(judge({ ...given, policy: { first: 'pass' } })).toMatchObject({
      outcome: 'not compared',
      failures: [],
    });
  });

  test('a metric that is missing fails also where the first model passes', () => {
    expect(judge({ metrics: {}, record: undefined, policy: { first: 'pass' } }).outcome).toBe('failed');
  });

  test('a champion of which the metric is not known is none', () => {
    const given: Case = { metrics: { f1: 0.99 }, metric: 'f1' };
    expect(judge(given).failures).toEqual([
      'f1 cannot be compared with the champion: its f1 is not in its release record',
    ]);
    expect(judge({ ...given, policy: { first: 'pass' } }).outcome).toBe('not compared');
  });

  test('a metric named like an inherited property is not known of the champion', () => {
    const given: Case = { metrics: { constructor: 1 }, metric: 'constructor' };
    expect(judge(given).outcome).toBe('failed');
  });
});

describe('what the two were measured on', () => {
  test.each([
    ['holdout-2', 'the new model was measured on the data holdout-2, the champion on the data holdout-1'],
    [undefined, 'the new model was measured on data without a name, the champion on the data holdout-1'],
  ])('other data is no comparison: %s', (snapshot, words) => {
    expect(judge({ metrics: { accuracy: 0.99 }, snapshot }).failures).toEqual([
      `accuracy cannot be compared with the champion: ${words}`,
    ]);
  });

  test('two models without a name of their data are not measured on the same', () => {
    const nameless = { ...record, dataSnapshot: undefined };
    expect(judge({ metrics: { accuracy: 0.99 }, snapshot: undefined, record: nameless }).outcome).toBe(
      'failed',
    );
  });

  test('a policy may allow it', () => {
    const policy = { data: 'any' } as const;
    expect(judge({ metrics: { accuracy: 0.99 }, snapshot: 'other', policy }).outcome).toBe('passed');
  });

  test('a champion that the training measured itself was measured on the same data', () => {
    const champion = { version: record.version, metrics: { accuracy: 0.8 } };
    const verdict = judge({ metrics: { accuracy: 0.85 }, snapshot: 'new-data', champion });
    expect(verdict).toMatchObject({ outcome: 'passed', champion: 0.8 });
  });

  test('a champion that no longer runs is not compared with', () => {
    const champion = { version: 'another', metrics: { accuracy: 0.1 } };
    expect(judge({ metrics: { accuracy: 0.85 }, champion }).outcome).toBe('failed');
  });
});

describe("Welch's test", () => {
  const sampled = (mean: number, std = 0.02, count = 40) => ({ accuracy: { mean, std, count } });
  const improvement = { test: test005 };

  test.each<[string, Case, string | undefined]>([
    ['a large difference', { metrics: sampled(0.93), improvement }, undefined],
    [
      'a difference that chance explains',
      { metrics: sampled(0.903), improvement },
      'accuracy may be better by chance only (p = 0.252, wanted at most 0.05)',
    ],
    [
      'a small difference of many samples',
      {
        metrics: sampled(0.902, 0.02, 100_000),
        record: { ...record, spread: { accuracy: { deviation: 0.02, count: 100_000 } } },
        improvement,
      },
      'accuracy is better by 0.1 standard deviations only, wanted at least 0.2',
    ],
    [
      'too few samples',
      { metrics: sampled(0.99, 0.001, 29), improvement },
      'accuracy has 29 samples, wanted at least 30',
    ],
    [
      'a plain number',
      { metrics: { accuracy: 0.99 }, improvement },
      'accuracy has no samples, wanted at least 30',
    ],
    [
      'a champion that is a plain number',
      { metrics: sampled(0.99), record: { ...record, spread: {} }, improvement },
      'accuracy of the champion has no samples, wanted at least 30',
    ],
    [
      'a model that is no worse than tolerated',
      { metrics: sampled(0.899), improvement: { tolerance: 0.02, test: { ...test005, minEffect: 0 } } },
      undefined,
    ],
    [
      'a model that may be worse than tolerated',
      { metrics: sampled(0.889), improvement: { tolerance: 0.012, test: { ...test005, minEffect: 0 } } },
      'accuracy may be better by chance only (p = 0.412, wanted at most 0.05)',
    ],
    [
      'a lower error',
      {
        metric: 'rmse',
        metrics: { rmse: { mean: 1.5, std: 0.1, count: 40 } },
        record: { ...record, spread: { rmse: { deviation: 0.1, count: 40 } } },
        improvement: { better: 'lower', test: test005 },
      },
      undefined,
    ],
  ])('%s', (_, given, failure) => {
    expect(judge(given).failures).toEqual(failure === undefined ? [] : [failure]);
  });
});

describe('fairness', () => {
  const bands = { spd: { min: -0.1, max: 0.1 }, dir: { min: 0.8, max: 1.2 } };
  const judgeGroups = (approval: unknown) =>
    judgeMetrics(
      {
        metrics: [],
        fairness: [{ metric: 'approval', reference: 'male', ...bands }],
        latency: [],
        champion: { environment: 'test', first: 'fail', data: 'same' },
      },
      new Map(approval === undefined ? [] : [['approval', approval]]),
      { kind: 'none', why: '' },
    );

  test.each([
    [{ male: 0.5, female: 0.45 }, []],
    [
      { male: 0.5, female: 0.35 },
      ['approval.spd.female is -0.15, wanted -0.1 to 0.1', 'approval.dir.female is 0.7, wanted 0.8 to 1.2'],
    ],
    [
      { male: 0.5, female: 0.61 },
      ['approval.spd.female is 0.11, wanted -0.1 to 0.1', 'approval.dir.female is 1.22, wanted 0.8 to 1.2'],
    ],
    [{ male: 0.05, female: 0.1 }, ['approval.dir.female is 2, wanted 0.8 to 1.2']],
    [{ male: 0, female: 0.05 }, ['approval.dir.female is Infinity, wanted 0.8 to 1.2']],
    [{ male: 0, female: 0 }, ['approval.dir.female is NaN, wanted 0.8 to 1.2']],
    [
      { male: 0.5, female: 0.5, other: 0.1 },
      ['approval.spd.other is -0.4, wanted -0.1 to 0.1', 'approval.dir.other is 0.2, wanted 0.8 to 1.2'],
    ],
    [{ female: 0.5 }, ['approval has no group male']],
    [{ male: 0.5 }, ['approval has no group besides male']],
    [{}, ['approval has no group male']],
  ])('%j in both directions', (groups, failures) => {
    expect(judgeGroups({ groups }).flatMap((verdict) => verdict.failures)).toEqual(failures);
  });

  test.each([
    [undefined, 'approval is missing'],
    [0.5, 'approval has no groups'],
    [{ groups: { male: '0.5' } }, 'approval has no groups'],
    [{ groups: { 'a | b\n': 0.5, male: 0.5 } }, 'approval has no groups'],
  ])('%j is no group', (approval, failure) => {
    expect(judgeGroups(approval).flatMap((verdict) => verdict.failures)).toEqual([failure]);
  });
});

describe('latency', () => {
  const judgeLatency = (latency: unknown, percentile = 'p95') =>
    judgeMetrics(
      {
        metrics: [],
        fairness: [],
        latency: [{ percentile, max: 200 }],
        champion: { environment: 'test', first: 'fail', data: 'same' },
      },
      new Map([['latency', latency]]),
      { kind: 'none', why: '' },
    ).flatMap(({ failures }) => failures);

  test.each([
    [{ percentiles: { p95: 200 } }, 'p95', []],
    [{ percentiles: { p95: 200.5 } }, 'p95', ['latency.p95 is 200.5 ms, wanted at most 200 ms']],
    [{ percentiles: { p99: 100 } }, 'p95', ['latency.p95 is missing']],
    [{ samples: Array.from({ length: 100 }, (_, index) => index + 106) }, 'p95', []],
    [
      { samples: Array.from({ length: 100 }, (_, index) => index + 106) },
      'p96',
      ['latency.p96 is 201 ms, wanted at most 200 ms'],
    ],
    [100, 'p95', ['latency.p95 is missing']],
    [{ percentiles: { p95: -1 } }, 'p95', ['latency.p95 is missing']],
  ])('%j', (latency, percentile, failures) => {
    expect(judgeLatency(latency, percentile)).toEqual(failures);
  });
});
