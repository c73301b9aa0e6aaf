import { loadWorkspace } from '../../config/load-workspace.js';
import { duration } from '../../config/values/duration.js';
import {
  goodModel,
  goodPlatform,
  loadGood,
  loadModel,
  removeWorkspaces,
  writeWorkspace,
} from './workspace-files.js';

afterEach(removeWorkspaces);

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
  const { environments, models } = loadGood({
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
