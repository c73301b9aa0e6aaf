import { loadWorkspace } from '../../../config/load-workspace.js';
import { duration } from '../../../config/values/duration.js';
import {
  goodModel,
  goodPlatform,
  loadDetectors,
  loadModel,
  removeWorkspaces,
  writeWorkspace,
} from '../workspace-files.js';

afterEach(removeWorkspaces);

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
