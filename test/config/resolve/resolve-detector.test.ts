import { duration } from '../../../config/values/duration.js';
import { goodPlatform, loadDetectors, removeWorkspaces } from '../workspace-files.js';

afterEach(removeWorkspaces);

test('the same metric asks for different series in the two TrustyAI dialects', () => {
  const section = (monitor: string) => `drift:
  monitor: ${monitor}
  detectors: [{ metric: kstest, features: [energy] }]
  onDrift: []
`;
  const [java] = loadDetectors(section('trustyai'));
  const [python] = loadDetectors(section('trustyai-new'));
  expect(java).toMatchObject({
    bounds: { lower: 0.05 },
    source: { labels: { model: 'jukebox' } },
  });
  expect(python).toMatchObject({
    bounds: { upper: 0.2 },
    source: { labels: { modelId: 'jukebox' } },
  });
});

test('an expression with a label for the feature has a value per feature, listed or not', () => {
  const [listed, any, none] = loadDetectors(`quality:
  detectors:
    - { metric: promql, name: a, expr: queue_depth, above: 9, features: [slow] }
    - { metric: promql, name: b, expr: queue_depth, above: 9, featureLabel: queue }
    - { metric: promql, name: c, expr: queue_depth, above: 9 }
  onQuality: []
`);
  expect(listed?.source).toMatchObject({ featureLabel: 'feature' });
  expect(any?.source).toMatchObject({ featureLabel: 'queue' });
  expect(none?.source).toMatchObject({ featureLabel: undefined });
});

test('a t statistic is compared by its absolute value', () => {
  const [detector] = loadDetectors(`drift:
  monitor: trustyai-new
  detectors: [{ metric: comparemeans, features: [energy] }]
  onDrift: []
`);
  expect(detector).toMatchObject({
    bounds: { lower: undefined, upper: 1.96 },
    source: { absolute: true },
  });
});

test('every kind of metric can be asked for', () => {
  const platform = goodPlatform.replace(
    'own: { dialect: exporter }',
    'own: { dialect: exporter, modelLabel: false, labels: { job: batch }, series: { mae: music_mae } }\n  kserve: { dialect: kserve }',
  );
  const detectors = loadDetectors(
    `quality:
  monitor: own
  detectors:
    - { metric: mae, above: 3.5, window: { violated: 3, of: 5 } }
    - { metric: drift_score, series: music_drift, features: [energy, tempo], atLeast: 2, above: 0.7 }
    - { metric: promql, name: skew, expr: 'max by (namespace, feature) (skew)', features: [energy], outside: [-1, 1], meaning: skewness }
  onQuality: [notify]
service:
  monitor: own
  detectors:
    - { metric: latency, series: http_request_seconds, quantile: 0.99, over: 10m, above: 0.25, labels: { path: /predict } }
    - metric: error_ratio
      errors: { series: http_requests_total, labels: { code: '500' } }
      requests: { series: http_requests_total }
      above: 0.02
  onService: [notify]
`,
    platform,
  );
  expect(Object.fromEntries(detectors.map(({ name, source }) => [name, source]))).toEqual({
    'drift-score': {
      kind: 'gauge',
      series: 'music_drift',
      labels: { job: 'batch' },
      featureLabel: 'feature',
      absolute: false,
    },
    'error-ratio': {
      kind: 'ratio',
      numerator: { series: 'http_requests_total', labels: { job: 'batch', code: '500' } },
      denominator: { series: 'http_requests_total', labels: { job: 'batch' } },
      window: duration('5m'),
    },
    latency: {
      kind: 'quantile',
      histogram: 'http_request_seconds',
      labels: { job: 'batch', path: '/predict' },
      quantile: 0.99,
      window: duration('10m'),
    },
    mae: {
      kind: 'gauge',
      series: 'music_mae',
      labels: { job: 'batch' },
      featureLabel: undefined,
      absolute: false,
    },
    skew: { kind: 'promql', expression: 'max by (namespace, feature) (skew)', featureLabel: 'feature' },
  });
  const byName = new Map(detectors.map((detector) => [detector.name, detector]));
  expect(byName.get('mae')?.window).toEqual({ violated: 3, of: 5 });
  expect(byName.get('skew')).toMatchObject({ meaning: 'skewness', bounds: { lower: -1, upper: 1 } });
  expect(byName.get('drift-score')?.atLeast).toBe(2);
});

test('promql needs no monitor', () => {
  const [detector] = loadDetectors(
    'drift: { detectors: [{ metric: promql, expr: my_drift, above: 1 }], onDrift: [] }\n',
  );
  expect(detector?.source).toEqual({ kind: 'promql', expression: 'my_drift', featureLabel: undefined });
});
