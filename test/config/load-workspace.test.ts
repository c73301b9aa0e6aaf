import { loadWorkspace } from '../../config/load-workspace.js';
import type { Detector, Model, Workspace } from '../../config/model.js';
import { duration } from '../../config/values/duration.js';
import { goodModel, goodPlatform, removeWorkspaces, writeWorkspace } from './workspace-files.js';

afterEach(removeWorkspaces);

/** The workspace, which must have no problems at all. */
function load(files: Readonly<Record<string, string>> = {}): Workspace {
  const { value, problems } = loadWorkspace(writeWorkspace(files));
  expect(problems).toEqual([]);
  if (value === undefined) throw new Error('no value without a problem');
  return value;
}

function loadModel(model: string, platform = goodPlatform): Model {
  const [loaded] = load({ 'models/jukebox.yaml': model, 'driftloop.yaml': platform }).models;
  if (loaded === undefined) throw new Error('the workspace has no model');
  return loaded;
}

/** Detectors of the first environment. */
function loadDetectors(sections: string, platform = goodPlatform): readonly Detector[] {
  const model = `model: jukebox\nsource: { repo: https://git.example.com/mlops/jukebox.git }\n${sections}`;
  return loadModel(model, platform).deployments[0]?.detectors ?? [];
}

test('the example loads without a problem', () => {
  const { value, problems } = loadWorkspace('examples/jukebox');
  expect(problems).toEqual([]);
  expect(value?.environments.map(({ name }) => name)).toEqual(['test', 'prod']);
  const jukebox = value?.models[0];
  expect(jukebox?.deployments.map(({ serving }) => serving?.replicas)).toEqual([1, 2]);
  expect(jukebox?.deployments[1]?.detectors[0]).toEqual({
    name: 'meanshift',
    category: 'drift',
    severity: 'warning',
    monitor: 'trustyai',
    request: undefined,
    metric: 'meanshift',
    meaning: 'p-value of the mean-shift test',
    source: {
      kind: 'gauge',
      series: 'trustyai_meanshift',
      labels: { model: 'jukebox' },
      featureLabel: 'subcategory',
      absolute: false,
    },
    bounds: { lower: 0.05, upper: undefined },
    features: ['danceability', 'energy', 'tempo'],
    atLeast: 1,
    for: duration('10m'),
    window: undefined,
    actions: ['notify', 'retrain'],
    position: { file: 'models/jukebox.yaml', line: 9, column: 7 },
  });
});

test('a byte order mark, Windows line ends and a document start change nothing', () => {
  const windows = `\uFEFF---\n${goodModel}`.replaceAll('\n', '\r\n');
  const plain = loadModel(goodModel);
  const [detector] = loadModel(windows).deployments[0]?.detectors ?? [];
  expect(detector?.position).toEqual({ file: 'models/jukebox.yaml', line: 9, column: 7 });
  expect({ ...detector, position: undefined }).toEqual({
    ...plain.deployments[0]?.detectors[0],
    position: undefined,
  });
});

test('environments keep the order of promotion, models are sorted', () => {
  const platform = goodPlatform.replace('  test:', '  zeta: { namespace: mlops-zeta }\n  test:');
  const { environments, models } = load({
    'driftloop.yaml': platform,
    'models/radio.yaml': goodModel.replace('jukebox', 'radio'),
    'models/album.yaml': goodModel.replace('jukebox', 'album'),
  });
  expect(environments.map(({ name }) => name)).toEqual(['zeta', 'test', 'prod']);
  expect(models.map(({ name }) => name)).toEqual(['album', 'jukebox', 'radio']);
  expect(models[0]?.deployments.map(({ environment }) => environment.name)).toEqual(['zeta', 'test', 'prod']);
});

test('loading twice gives the same', () => {
  const directory = writeWorkspace();
  expect(loadWorkspace(directory)).toEqual(loadWorkspace(directory));
});

test('each layer overrides the one below: maps are merged, lists replaced', () => {
  const platform = `${goodPlatform.replace(
    'prod: { namespace: mlops-prod }',
    `prod:
    namespace: mlops-prod
    defaults:
      drift: { for: 20m }
      serving: { replicas: 3, env: { B: environment, C: environment } }`,
  )}defaults:
  drift: { for: 15m }
  serving: { port: 9000, args: [--defaults], env: { A: defaults, B: defaults } }
`;
  const model = `${goodModel}serving:
  kind: deployment
  image: registry.example.com/jukebox/server:1
  env: { C: model, D: model }
environments:
  test:
    drift: { for: 1m }
    serving: { args: [--test], env: { D: test } }
`;
  const [inTest, inProd] = loadModel(model, platform).deployments;
  expect(inTest?.detectors[0]?.for).toEqual(duration('1m'));
  expect(inProd?.detectors[0]?.for).toEqual(duration('20m'));
  expect(inTest?.serving).toMatchObject({
    replicas: 1,
    port: 9000,
    args: ['--test'],
    env: { A: 'defaults', B: 'defaults', C: 'model', D: 'test' },
  });
  expect(inProd?.serving).toMatchObject({
    replicas: 3,
    args: ['--defaults'],
    env: { A: 'defaults', B: 'environment', C: 'model', D: 'model' },
  });
});

test('an environment replaces the detectors of a section as a whole', () => {
  const model = `${goodModel}environments:
  prod:
    drift:
      detectors: [{ metric: kstest, features: [energy] }]
  test:
    drift: { detectors: [], onDrift: [retrain] }
`;
  const [inTest, inProd] = loadModel(model).deployments;
  expect(inTest?.detectors).toEqual([]);
  expect(inProd?.detectors.map(({ metric, actions }) => [metric, actions])).toEqual([
    ['kstest', ['notify', 'retrain']],
  ]);
});

test('defaults with detectors watch every model, other defaults add nothing by themselves', () => {
  const platform = `${goodPlatform}defaults:
  training: { cooldown: 1h }
  serving: { replicas: 5 }
  bias: { monitor: trustyai }
  service:
    monitor: own
    detectors: [{ metric: latency, series: http_request_seconds, above: 0.5 }]
    onService: [notify]
`;
  const model = loadModel(
    'model: jukebox\nsource: { repo: https://git.example.com/mlops/jukebox.git }\n',
    platform,
  );
  expect(model.training).toBeUndefined();
  expect(model.deployments.map(({ serving }) => serving)).toEqual([undefined, undefined]);
  expect(model.deployments[1]?.detectors.map(({ name, category }) => [name, category])).toEqual([
    ['latency', 'service'],
  ]);
});

test('defaults of the other kind of serving are left out', () => {
  const platform = `${goodPlatform}defaults:\n  serving: { port: 9000, mode: Knative, replicas: 2 }\n`;
  const serving = 'serving: { kind: inferenceservice, format: onnx, runtime: ovms }\n';
  const resolved = loadModel(goodModel + serving, platform).deployments[0]?.serving;
  expect(resolved).toMatchObject({ kind: 'inferenceservice', replicas: 2, mode: 'Knative', format: 'onnx' });
  expect(resolved).not.toHaveProperty('port');
});

test('quantities are written back as Kubernetes does', () => {
  const model = goodModel.replace(
    'timeout: 30m',
    'resources: { cpu: 0.5, memory: 1024Mi }\n  storage: 1000M',
  );
  expect(loadModel(model).training).toMatchObject({
    resources: { cpu: '500m', memory: '1Gi' },
    storage: '1G',
    timeout: duration('1h'),
    cooldown: duration('6h'),
    retries: 0,
  });
});

test('anchors, aliases and merge keys are resolved, own keys and earlier sources first', () => {
  const detectors = loadDetectors(`drift:
  monitor: trustyai
  detectors:
    - &mean { metric: meanshift, features: &features [energy, tempo], for: 1m, threshold: 0.01 }
    - &ks { <<: *mean, metric: kstest }
    - { <<: [{ for: 3m }, *ks], metric: approxkstest, features: *features }
  onDrift: []
`);
  expect(
    detectors.map(({ name, for: time, bounds, features }) => [
      name,
      time.milliseconds,
      bounds.lower,
      features,
    ]),
  ).toEqual([
    ['approxkstest', 180_000, 0.01, ['energy', 'tempo']],
    ['kstest', 60_000, 0.01, ['energy', 'tempo']],
    ['meanshift', 60_000, 0.01, ['energy', 'tempo']],
  ]);
});

test('a mistake in what was merged is reported where it was written', () => {
  const model = goodModel.replace(
    '    - metric: meanshift\n      features: [energy, tempo]\n',
    '    - <<: { metric: meanshift, features: [energy], for: soon }\n',
  );
  const { problems } = loadWorkspace(writeWorkspace({ 'models/jukebox.yaml': model }));
  expect(problems).toMatchObject([{ code: 'CONFIG_DURATION', position: { line: 8, column: 57 } }]);
});

test('a mistake in defaults is reported once, where it was written', () => {
  const platform = `${goodPlatform}defaults:\n  drift: { monitor: trustiai }\n`;
  const model = goodModel.replace('  monitor: trustyai\n', '');
  const files = { 'driftloop.yaml': platform, 'models/jukebox.yaml': model };
  const { problems } = loadWorkspace(
    writeWorkspace({ ...files, 'models/radio.yaml': model.replace('jukebox', 'radio') }),
  );
  expect(problems).toMatchObject([
    {
      code: 'CONFIG_MONITOR_UNKNOWN',
      position: { file: 'driftloop.yaml', line: 22, column: 21 },
      path: 'defaults.drift.monitor',
    },
  ]);
});

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

test('all problems of all files are found at once', () => {
  const { problems } = loadWorkspace(
    writeWorkspace({
      'driftloop.yaml': goodPlatform.replace('mlops-prod', 'mlops-test'),
      'models/jukebox.yaml': goodModel.replace('0.05', '5').replace('min: 0.75', 'min: 75'),
      'models/radio.yaml': 'model: [',
      'models/album.yaml': goodModel.replace('jukebox', 'album').replace('owner', 'onwer'),
    }),
  );
  expect(problems.map(({ code, position }) => `${position?.file ?? ''} ${code}`).sort()).toEqual([
    'driftloop.yaml CONFIG_NAMESPACE_SHARED',
    'models/album.yaml CONFIG_KEY_UNKNOWN',
    'models/jukebox.yaml CONFIG_THRESHOLD_MEANING',
    'models/jukebox.yaml CONFIG_THRESHOLD_MEANING',
    'models/radio.yaml CONFIG_YAML_SYNTAX',
  ]);
});

test('a broken platform does not hide what is wrong with the models', () => {
  const files = {
    'driftloop.yaml': 'platform: [',
    'models/jukebox.yaml': goodModel.replace('owner', 'onwer'),
  };
  const { value, problems } = loadWorkspace(writeWorkspace(files));
  expect(value).toBeUndefined();
  expect(problems.map(({ code }) => code)).toEqual(['CONFIG_YAML_SYNTAX', 'CONFIG_KEY_UNKNOWN']);
});

test('a thousand models load in linear time', () => {
  const measure = (count: number): number => {
    const models = Array.from({ length: count }, (_, index) => `model-${index}`);
    const files = models.map((name) => [`models/${name}.yaml`, goodModel.replace('jukebox', name)] as const);
    const directory = writeWorkspace({ ...Object.fromEntries(files), 'models/jukebox.yaml': goodModel });
    // Not the time on the wall, which is also that of whoever shares the machine.
    const started = process.cpuUsage();
    expect(loadWorkspace(directory).value?.models).toHaveLength(count + 1);
    return process.cpuUsage(started).user / 1000;
  };
  measure(100);
  const few = measure(100);
  const many = measure(1000);
  expect(many / few).toBeLessThan(40);
  expect(many).toBeLessThan(20_000);
});

test.each([
  ['UTF-16', Buffer.from(`\uFEFF${goodModel}`, 'utf16le'), 'UTF-16, not UTF-8'],
  ['line ends of old Macs', Buffer.from(goodModel.replaceAll('\n', '\r')), 'U+000D'],
])('a file with %s is said to be one', (_, content, words) => {
  const { problems } = loadWorkspace(writeWorkspace({ 'models/jukebox.yaml': content }));
  expect(problems).toMatchObject([{ code: 'CONFIG_FILE_NOT_TEXT' }]);
  expect(problems[0]?.message).toContain(words);
});

test('the directory that is not there is told from the one that is no workspace', () => {
  expect(loadWorkspace('test/nowhere').problems[0]?.message).toBe('There is no such directory.');
  expect(loadWorkspace('README.md').problems[0]?.message).toBe('There is no such directory.');
  expect(loadWorkspace('test').problems[0]?.message).toBe('The directory has no `driftloop.yaml`.');
});

test('a number that must be text is proposed as it was written', () => {
  const { problems } = loadWorkspace(
    writeWorkspace({ 'models/jukebox.yaml': goodModel.replace('owner: music-team', 'owner: 1.10') }),
  );
  expect(problems).toMatchObject([{ code: 'CONFIG_TYPE', hint: "Put it in quotes: `'1.10'`." }]);
});

describe('all problems at once', () => {
  /** Places of the problems, in order. */
  function places(files: Readonly<Record<string, string>>): readonly string[] {
    const { value, problems } = loadWorkspace(writeWorkspace(files));
    expect(value).toBeUndefined();
    return problems
      .map(({ code, position }) => `${code} ${position?.file ?? ''}:${position?.line ?? 0}`)
      .sort();
  }
  const implausible = goodModel.replace('threshold: 0.05', 'threshold: 5');

  test('a model with a mistake of the schema does not hide what is wrong with another', () => {
    expect(
      places({
        'models/jukebox.yaml': implausible,
        'models/radio.yaml': goodModel.replace('jukebox', 'radio').replace('owner:', 'ownr:'),
      }),
    ).toEqual(['CONFIG_KEY_UNKNOWN models/radio.yaml:2', 'CONFIG_THRESHOLD_MEANING models/jukebox.yaml:10']);
  });

  test('a section that is broken brings no problems of what depends on it', () => {
    const broken = goodModel
      .replace('image: registry', 'imge: registry')
      .concat(
        'environments:\n  test: { serving: { kind: deployment, image: r.example.com/a:1, replicas: x } }\n',
      );
    expect(places({ 'models/jukebox.yaml': broken })).toEqual([
      'CONFIG_KEY_UNKNOWN models/jukebox.yaml:13',
      'CONFIG_TYPE models/jukebox.yaml:19',
    ]);
    const serving = `${goodModel}serving: { kind: deployment, image: 1 }\nenvironments: { test: { serving: { replicas: 2 } } }\n`;
    expect(places({ 'models/jukebox.yaml': serving })).toEqual(['CONFIG_TYPE models/jukebox.yaml:18']);
    const overrides = `${goodModel.replace('  detectors:', '  detektors:')}environments: { test: { drift: { for: 5m } } }\n`;
    expect(places({ 'models/jukebox.yaml': overrides })).toEqual([
      'CONFIG_KEY_UNKNOWN models/jukebox.yaml:7',
    ]);
  });

  test('mistakes elsewhere in driftloop.yaml do not hide those of the models', () => {
    const platform = goodPlatform.replace('profile: kubernetes', 'profil: kubernetes');
    expect(places({ 'driftloop.yaml': platform, 'models/jukebox.yaml': implausible })).toEqual([
      'CONFIG_KEY_MISSING driftloop.yaml:1',
      'CONFIG_KEY_UNKNOWN driftloop.yaml:2',
      'CONFIG_THRESHOLD_MEANING models/jukebox.yaml:10',
    ]);
  });

  test('mistakes in what models are checked against bring no problems of the models', () => {
    const platform = goodPlatform.replace('trustyai: { dialect', 'trustyai: { dialekt');
    expect(places({ 'driftloop.yaml': platform, 'models/jukebox.yaml': implausible })).toEqual([
      'CONFIG_KEY_MISSING driftloop.yaml:13',
      'CONFIG_KEY_UNKNOWN driftloop.yaml:13',
    ]);
  });
});
