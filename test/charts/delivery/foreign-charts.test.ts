import type { ForeignChart, Workspace } from '../../../config/model.js';
import { releaseKey } from '../../../config/release.js';
import { entriesOf } from '../../../gitops/plan/listing.js';
import { emitManifests } from '../../../synth/emit.js';
import { validateManifests } from '../../../validate/validate.js';
import { expectGolden } from '../expect-golden.js';
import {
  jukeboxWorkspace,
  modelImage,
  objectsOf,
  pick,
  prodEnvironment,
  render,
  testEnvironment,
} from '../workspace-fixture.js';

const ui: ForeignChart = {
  name: 'jukebox-ui',
  environment: testEnvironment,
  source: { kind: 'git', url: 'https://git.example.com/music/jukebox-ui.git', path: '', revision: 'v1.6.0' },
  releaseName: 'jukebox-ui',
  namespace: 'mlops-test',
  values: {
    image: 'registry.example.com/ui:1.6.0',
    replicas: 2,
    tags: [],
    on: 'yes',
    search: { default: false },
  },
  kinds: ['route.openshift.io/Route'],
  clusterKinds: [],
  podSecurity: 'restricted',
  position: undefined,
};

const redis: ForeignChart = {
  ...ui,
  name: 'redis',
  environment: undefined,
  source: { kind: 'helm', url: 'https://charts.example.com', chart: 'redis', revision: '18.1.0' },
  releaseName: 'cache',
  namespace: 'redis',
  values: {},
  kinds: [],
  clusterKinds: ['apiextensions.k8s.io/CustomResourceDefinition'],
  podSecurity: 'baseline',
};

const workspace = withCharts([ui, { ...ui, environment: prodEnvironment, namespace: 'mlops-prod' }, redis]);
const units = render(workspace);

function withCharts(charts: readonly ForeignChart[]): Workspace {
  return { ...jukeboxWorkspace, charts };
}

describe('a foreign chart', () => {
  test.each([
    ['mlops.chart.test.jukebox-ui', 'chart-git.yaml'],
    ['mlops.chart.toolings.redis', 'chart-helm.yaml'],
  ])('%s is an Application with a project of its own', (name, golden) => {
    const file = units
      .find(({ unit }) => unit.name === 'applications')
      ?.manifests.filter((manifest) => manifest.file === `applications/${name}.k8s.yaml`);
    expectGolden(golden, emitManifests((file ?? []).map(({ object }) => object)));
  });

  test('fits together with everything else', () => {
    expect(validateManifests(units.flatMap(({ manifests }) => manifests))).toEqual([]);
  });

  test('may not read another repository, write to another namespace, or apply any kind (D37)', () => {
    for (const { spec } of objectsOf(units).filter(({ kind }) => kind === 'AppProject')) {
      expect(JSON.stringify(spec)).not.toContain('*');
      expect(spec).toMatchObject({ sourceRepos: [expect.any(String)], destinations: [expect.any(Object)] });
    }
  });

  test('has another name in each environment, also where the folders are called alike (D82)', () => {
    const names = objectsOf(units)
      .filter(({ kind, metadata }) => kind === 'Application' && metadata.name.includes('.chart.'))
      .map(({ metadata }) => metadata.name);
    expect(names.sort()).toEqual([
      'mlops.chart.prod.jukebox-ui',
      'mlops.chart.test.jukebox-ui',
      'mlops.chart.toolings.redis',
    ]);
  });

  test('that is removed takes its objects along (D81)', () => {
    expect(pick(units, 'Application', 'mlops.chart.test.jukebox-ui')).toMatchObject({
      metadata: { finalizers: ['resources-finalizer.argocd.argoproj.io'] },
      spec: { syncPolicy: { automated: { prune: true } } },
    });
  });

  test('never comes along with the release of a model', () => {
    const listing = units.find(({ unit }) => unit.name === 'applications');
    if (listing === undefined) throw new Error('no applications');
    const folders = new Set(['environments/test/jukebox', '.']);
    const paths = entriesOf(listing, folders).files.map(({ path }) => path);
    expect(paths).toEqual([
      'applications/mlops.test.jukebox.k8s.yaml',
      'applications/projects.k8s.yaml',
      'applications/rollout-rights.k8s.yaml',
    ]);
  });

  test('without a repository of ours is not installed, because Argo CD has nothing to read the Application from', () => {
    const alone = { ...workspace, platform: { ...workspace.platform, repository: undefined } };
    expect(objectsOf(render(alone)).filter(({ kind }) => kind === 'Application')).toEqual([]);
  });

  test('gets its own namespace, and loosens no other', () => {
    const level = (name: string) =>
      pick(units, 'Namespace', name).metadata.labels?.['pod-security.kubernetes.io/enforce'];
    expect([level('redis'), level('mlops-test'), level('mlops-toolings')]).toEqual([
      'baseline',
      'restricted',
      'restricted',
    ]);
  });

  test('changes nothing of the units of models', () => {
    const releases = new Map([
      [
        releaseKey('test', 'jukebox'),
        {
          model: 'jukebox',
          environment: 'test',
          version: '2',
          image: modelImage('2'),
          releasedAt: '2026-11-21T10:00:00.000Z',
          by: 'test',
          commit: undefined,
          metrics: {},
        },
      ],
    ]);
    const others = (each: Workspace) =>
      render(each, releases)
        .filter(({ unit }) => unit.environment !== undefined || unit.name === 'toolings')
        .map(({ files }) => files);
    expect(others(workspace)).toEqual(others(jukeboxWorkspace));
  });
});
