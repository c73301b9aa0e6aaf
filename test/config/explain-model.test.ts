import { explainModel } from '../../config/explain-model.js';
import { loadWorkspace } from '../../config/load-workspace.js';
import { goodModel, goodPlatform, removeWorkspaces, writeWorkspace } from './workspace-files.js';

afterEach(removeWorkspaces);

function explain(files: Readonly<Record<string, string>>): readonly string[] {
  const { value, problems } = loadWorkspace(writeWorkspace(files));
  expect(problems).toEqual([]);
  if (value === undefined) throw new Error('no value without a problem');
  return explainModel(value, 'jukebox').map(({ environment, path, value: shown, layer, position }) => {
    const place = position === undefined ? '' : ` ${position.file}:${position.line}:${position.column}`;
    return `${environment ?? 'all'} ${path} = ${JSON.stringify(shown)} (${layer}${place})`;
  });
}

test('each value says which layer gave it, and where it was written', () => {
  const platform = `${goodPlatform.replace('{ namespace: mlops-prod }', '{ namespace: mlops-prod, defaults: { drift: { for: 1h } } }')}defaults:
  training: { cooldown: 2h }
`;
  const model = `${goodModel}environments:\n  test: { drift: { monitor: trustyai } }\n`;
  const rows = explain({ 'driftloop.yaml': platform, 'models/jukebox.yaml': model });
  expect(rows).toEqual(
    expect.arrayContaining([
      'all model = "jukebox" (model models/jukebox.yaml:1:8)',
      'all source.branch = "main" (built-in default)',
      'all training.cooldown = "2h" (platform defaults driftloop.yaml:22:25)',
      'all training.timeout = "30m" (model models/jukebox.yaml:14:12)',
      'all training.retries = 0 (built-in default)',
      'test drift.detectors[0].for = "10m" (built-in default)',
      'test drift.monitor = "trustyai" (model environment models/jukebox.yaml:19:29)',
      'test drift.detectors[0].threshold = 0.05 (model models/jukebox.yaml:10:18)',
      'test drift.onDrift = ["notify","retrain"] (model models/jukebox.yaml:11:12)',
      'prod drift.monitor = "trustyai" (model models/jukebox.yaml:6:12)',
      'prod drift.detectors[0].for = "1h" (environment defaults driftloop.yaml:11:60)',
    ]),
  );
  expect(rows).toEqual([...new Set(rows)]);
  expect(rows.map((row) => row.split(' ')[0])).toEqual(
    rows.map((row) => row.split(' ')[0]).sort((a, b) => order(a) - order(b)),
  );
});

test("the catalogue's threshold is a built-in default", () => {
  const rows = explain({ 'models/jukebox.yaml': goodModel.replace('      threshold: 0.05\n', '') });
  expect(rows).toContain('test drift.detectors[0].threshold = 0.05 (built-in default)');
});

test('a model that does not exist has no values, also when its name is the beginning of another', () => {
  const { value } = loadWorkspace(writeWorkspace());
  for (const name of ['juke', 'jukebox/test', 'driftloop.yam', '']) {
    expect(value && explainModel(value, name)).toEqual([]);
  }
});

function order(environment = ''): number {
  return ['all', 'test', 'prod'].indexOf(environment);
}

test('what monitors, dashboards and receivers get without having it written is shown', () => {
  const extended = goodPlatform.replace(
    'receivers:',
    'dashboards: { prometheus: { url: https://p.example.com } }\nreceivers:\n  pager: { pagerduty: { routingKeySecret: { name: pager, key: key } } }',
  );
  const { value } = loadWorkspace(writeWorkspace({ 'driftloop.yaml': extended }));
  const rows = value === undefined ? [] : explainModel(value, 'driftloop.yaml');
  const shown = new Map(
    rows.filter(({ layer }) => layer === 'built-in default').map(({ path, value: given }) => [path, given]),
  );
  expect(Object.fromEntries(shown)).toMatchObject({
    'monitors.trustyai.modelLabel': 'model',
    'monitors.trustyai.featureLabel': 'subcategory',
    'monitors.trustyai-new.modelLabel': 'modelId',
    'dashboards.folder': 'mlops',
    'dashboards.delivery': 'operator',
    'dashboards.instances.dashboards': 'grafana',
    'receivers.pager.sendResolved': true,
    'receivers.pager.default': false,
    'receivers.pager.pagerduty.client': 'driftloop',
    'receivers.pager.pagerduty.severity.critical': 'critical',
    'receivers.team-chat.sendResolved': true,
  });
});

test('a number of Pods that an autoscaler replaces is not shown', () => {
  const serving = 'serving: { kind: inferenceservice, format: onnx, autoscaling: { max: 3 } }\n';
  const rows = explain({ 'models/jukebox.yaml': goodModel + serving });
  expect(rows.filter((row) => row.includes('serving.replicas'))).toEqual([]);
  expect(rows).toContain('prod serving.autoscaling.min = 1 (built-in default)');
});
