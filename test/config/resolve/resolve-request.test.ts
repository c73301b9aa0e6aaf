import { loadWorkspace } from '../../../config/load-workspace.js';
import type { Detector } from '../../../config/model.js';
import { goodPlatform, removeWorkspaces, writeWorkspace } from '../workspace-files.js';

afterEach(removeWorkspaces);

const platform = goodPlatform.replace(
  '{ dialect: trustyai-java }',
  '{ dialect: trustyai-java, service: {} }',
);

function load(section: string): ReturnType<typeof loadWorkspace> {
  const model = `model: jukebox\nsource: { repo: https://git.example.com/mlops/jukebox.git }\n${section}\n`;
  return loadWorkspace(writeWorkspace({ 'driftloop.yaml': platform, 'models/jukebox.yaml': model }));
}

function detectorsOf(section: string): readonly Detector[] {
  const { value, problems } = load(section);
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value.models[0]?.deployments[1]?.detectors ?? [];
}

const drift = (more = '') =>
  `drift: { monitor: trustyai, onDrift: [], detectors: [{ metric: meanshift, features: [tempo]${more} }] }`;
const groups = (attribute: string) =>
  `{ attribute: ${attribute}, privileged: 1, unprivileged: 0, outcome: approved, favorable: yes }`;
const bias = (...attributes: string[]) =>
  `bias: { monitor: trustyai, onBias: [], detectors: [${attributes
    .map((each) => `{ name: by-${each}, metric: spd, groups: ${groups(each)} }`)
    .join(', ')}] }`;

describe('what a monitor is asked for', () => {
  test('is a comparison with the rows of training, unless another tag is given', () => {
    const request = { path: '/metrics/drift/meanshift', compares: 'reference' };
    expect(detectorsOf(drift())[0]?.request).toEqual({ ...request, tag: 'TRAINING' });
    expect(detectorsOf(drift(', reference: BASELINE'))[0]?.request).toEqual({ ...request, tag: 'BASELINE' });
    const origins = load(drift()).value?.origins;
    expect(origins?.get('jukebox/prod:drift.detectors[0].reference')).toMatchObject({
      layer: 'built-in default',
      value: 'TRAINING',
    });
  });

  test('is told apart by its name where several have the same metric', () => {
    const found = detectorsOf(bias('age', 'gender')).map(({ source }) => source);
    expect(found).toEqual([
      expect.objectContaining({ labels: { model: 'jukebox', requestName: 'by-age' } }),
      expect.objectContaining({ labels: { model: 'jukebox', requestName: 'by-gender' } }),
    ]);
    expect(detectorsOf(drift())[0]?.source).toMatchObject({ labels: { model: 'jukebox' } });
  });

  test('is nothing when somebody else runs the monitor', () => {
    const section = drift().replace('trustyai', 'trustyai-new').replace('meanshift', 'comparemeans');
    expect(detectorsOf(section)[0]?.request).toBeUndefined();
  });

  test('may have no groups that nothing asks for', () => {
    const problems = load(drift(`, groups: ${groups('age')}`)).problems;
    expect(problems.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'CONFIG_DETECTOR_OPTION `groups` means nothing to the metric `meanshift`.',
    ]);
  });
});
