import { loadWorkspace } from '../../config/load-workspace.js';
import { goodModel, goodPlatform, removeWorkspaces, writeWorkspace } from './workspace-files.js';

afterEach(removeWorkspaces);

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

  const withSender = `${goodPlatform}events:
  forge: { kind: gitea, secret: { name: webhook, key: secret }, namespace: gitea }
`;

  test('a training with a mistake is not missed by triggers', () => {
    const triggers = 'triggers: { schedule: { cron: 0 3 * * 1 } }\n';
    const reserved = goodModel.replace('  timeout: 30m', '  env: { DRIFTLOOP_MODEL: x }');
    expect(places({ 'models/jukebox.yaml': reserved + triggers })).toEqual([
      'CONFIG_NAME models/jukebox.yaml:14',
    ]);
    const mistyped = goodModel.replace('training:', 'trainning:');
    expect(places({ 'models/jukebox.yaml': mistyped + triggers })).toEqual([
      'CONFIG_KEY_UNKNOWN models/jukebox.yaml:12',
    ]);
    const missing = goodModel.replace(/training:\n( {2}.*\n)+/, '').replace('owner:', 'ownr:');
    expect(places({ 'models/jukebox.yaml': missing + triggers })).toEqual([
      'CONFIG_KEY_UNKNOWN models/jukebox.yaml:2',
      'CONFIG_RETRAIN_IMPOSSIBLE models/jukebox.yaml:15',
    ]);
  });

  test.each([
    ['a key', (text: string) => text.replace('owner:', 'ownr:'), 'CONFIG_KEY_UNKNOWN models/jukebox.yaml:2'],
    ['the syntax', () => 'model: [', 'CONFIG_YAML_SYNTAX models/jukebox.yaml:1'],
    ['nothing', () => '', 'CONFIG_FILE_EMPTY models/jukebox.yaml:1'],
  ])('a model with a mistake in %s may use what nobody else uses', (_what, spoil, expected) => {
    const pushed = `${goodModel}triggers: { push: {} }\n`;
    const platform = withSender.replace(
      'receivers:',
      `receivers:
  only: { models: [jukebox], pagerduty: { routingKeySecret: { name: pager, key: key } } }
  quality: { categories: [quality], pagerduty: { routingKeySecret: { name: pager, key: key } } }`,
    );
    const radio = goodModel.replaceAll('jukebox', 'radio');
    expect(
      places({
        'driftloop.yaml': platform,
        'models/jukebox.yaml': spoil(pushed),
        'models/radio.yaml': radio,
      }),
    ).toEqual([expected]);
  });
});
