import type { Release } from '../../../config/release.js';
import {
  inferenceService,
  jukeboxWorkspace,
  modelImage,
  objectsOf,
  pick,
  render,
  serve,
  server,
  withModels,
} from '../workspace-fixture.js';

const release: Release = {
  model: 'jukebox',
  environment: 'test',
  version: '20261121021026',
  image: modelImage('9'),
  releasedAt: '2026-11-21T02:12:00Z',
  by: 'jukebox-test-run',
  commit: undefined,
  metrics: {},
};

describe('serving', () => {
  const environmentOf = (units: ReturnType<typeof render>, environment: string) =>
    units.filter(({ unit }) => unit.environment === environment);

  test('follows the release record of its environment, and nothing else changes', () => {
    const before = render(jukeboxWorkspace);
    const after = render(jukeboxWorkspace, new Map([['test/jukebox', release]]));
    const changed = after.flatMap((unit, index) =>
      unit.files
        .filter(({ text }, file) => before[index]?.files[file]?.text !== text)
        .map(({ path }) => path),
    );
    expect(changed).toEqual(['environments/test/jukebox/model-serving.k8s.yaml']);
    const deployment = JSON.stringify(pick(environmentOf(after, 'test'), 'Deployment', 'jukebox'));
    expect(deployment).toContain(modelImage('9'));
    expect(deployment).toContain('{"name":"MODEL_VERSION","value":"20261121021026"}');
    expect(deployment).not.toContain(modelImage('1'));
  });

  test('starts with the first release when there is no initial version', () => {
    const workspace = withModels([serve('jukebox', { ...server, initial: undefined })]);
    const kinds = (releases: Parameters<typeof render>[1]) =>
      objectsOf(environmentOf(render(workspace, releases), 'test')).map(({ kind }) => kind);
    expect(kinds(new Map())).not.toContain('Deployment');
    expect(kinds(new Map([['test/jukebox', release]]))).toContain('Deployment');
  });

  test("driftloop's variables cannot be replaced by the user's", () => {
    const workspace = withModels([serve('jukebox', { ...server, env: { MODEL_VERSION: 'mine' } })]);
    expect(
      JSON.stringify(pick(environmentOf(render(workspace), 'test'), 'Deployment', 'jukebox')),
    ).not.toContain('mine');
  });

  test('a single replica has no disruption budget, which would block every node from being drained', () => {
    const kinds = (environment: string) =>
      objectsOf(environmentOf(render(jukeboxWorkspace), environment)).map(({ kind }) => kind);
    expect(kinds('test')).not.toContain('PodDisruptionBudget');
    expect(kinds('prod')).toContain('PodDisruptionBudget');
  });

  test('in Knative mode the InferenceService keeps to the cluster, too', () => {
    const workspace = withModels([serve('jukebox', { ...inferenceService, mode: 'Knative' })]);
    const { labels, annotations } = pick(
      environmentOf(render(workspace), 'test'),
      'InferenceService',
      'jukebox',
    ).metadata;
    expect(labels?.['networking.knative.dev/visibility']).toBe('cluster-local');
    expect(annotations?.['serving.kserve.io/deploymentMode']).toBe('Knative');
  });
});
