import type { AccessGrant, Team, Workspace } from '../../../config/model.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { eu, onClusters, prodInEurope, twoClusters, us } from '../cluster-fixture.js';
import { expectGolden } from '../expect-golden.js';
import {
  deploy,
  jukeboxWorkspace,
  objectsOf,
  pick,
  prodEnvironment,
  render,
  serve,
  server,
  testEnvironment,
} from '../workspace-fixture.js';

const units = render(twoClusters);
const unitNamed = (name: string, all = units) => all.find(({ unit }) => unit.name === name);
const readme = (name: string, all = units) =>
  unitNamed(name, all)?.files.find(({ path }) => path.endsWith('.md'))?.text ?? '';

function destinationOf({ spec }: KubernetesObject): unknown {
  return (spec as { destination: unknown }).destination;
}

function destinationsOf({ spec }: KubernetesObject): unknown {
  return (spec as { destinations: unknown }).destinations;
}

describe('an environment on another cluster', () => {
  test('is applied there, by the name that Argo CD has for it and nothing else', () => {
    const namespace = 'mlops-test';
    expect(destinationOf(pick(units, 'Application', 'mlops.prod.jukebox'))).toEqual({
      name: 'eu',
      namespace,
    });
    expect(destinationsOf(pick(units, 'AppProject', 'mlops.environment-prod'))).toEqual([
      { name: 'eu', namespace },
    ]);
    const server = 'https://kubernetes.default.svc';
    expect(destinationOf(pick(units, 'Application', 'mlops.test.jukebox'))).toEqual({ server, namespace });
    expect(destinationsOf(pick(units, 'AppProject', 'mlops.environment-test'))).toEqual([
      { server, namespace },
    ]);
  });

  test('is applied there by the address of its server, when that is known', () => {
    const known = render(onClusters(testEnvironment, { ...prodEnvironment, cluster: us }));
    const expected = { server: 'https://api.us.example.com:6443', namespace: 'mlops-prod' };
    expect(destinationOf(pick(known, 'Application', 'mlops.prod.jukebox'))).toEqual(expected);
    expect(destinationsOf(pick(known, 'AppProject', 'mlops.environment-prod'))).toEqual([expected]);
  });

  test('leaves the toolings and the root where Argo CD is', () => {
    for (const name of ['mlops.toolings', 'mlops.root'])
      expect(destinationOf(pick(units, 'Application', name))).toMatchObject({
        server: 'https://kubernetes.default.svc',
      });
  });

  test('has a folder of the bootstrap, with what must be there and no more', () => {
    expect(units.map(({ unit }) => unit.name).slice(0, 3)).toEqual([
      'bootstrap',
      'bootstrap/eu',
      'applications',
    ]);
    const kinds = objectsOf(units.filter(({ unit }) => unit.name === 'bootstrap/eu'));
    expect(kinds.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['Namespace mlops-test']);
    expectGolden('bootstrap-cluster.md', readme('bootstrap/eu'));
    expect(readme('bootstrap')).toContain('[eu](eu/README.md)');
  });

  test('adds nothing to the bootstrap at home but where the others are', () => {
    const alone = render(onClusters(testEnvironment));
    expect(unitNamed('bootstrap')?.manifests).toEqual(unitNamed('bootstrap', alone)?.manifests);
    expect(readme('bootstrap').replace(/\nEach other cluster.*\n/, '')).toBe(readme('bootstrap', alone));
  });

  test('does not ask Argo CD of another cluster to manage its namespaces on OpenShift', () => {
    const capabilities = { ...twoClusters.platform.capabilities, argocdNamespaces: 'labelled' as const };
    const labelled = render({ ...twoClusters, platform: { ...twoClusters.platform, capabilities } });
    const label = 'argocd.argoproj.io/managed-by';
    const labelsOf = (name: string) =>
      unitNamed(name, labelled)?.manifests.flatMap(({ object }) =>
        object.kind === 'Namespace' ? [object.metadata.labels?.[label]] : [],
      );
    expect(labelsOf('bootstrap')).toEqual(['argocd', 'argocd']);
    expect(labelsOf('bootstrap/eu')).toEqual([undefined]);
  });

  test('has its rights where its namespace is', () => {
    const grant: AccessGrant = {
      kind: 'Group',
      name: 'music-people',
      namespace: undefined,
      role: 'view',
      environments: ['prod'],
      toolings: false,
      team: undefined,
    };
    const granted = render({ ...twoClusters, access: [grant] });
    const viewers = (name: string) =>
      unitNamed(name, granted)?.manifests.flatMap(({ object }) =>
        object.metadata.name === 'driftloop-view' ? [object.subjects] : [],
      );
    expect(viewers('bootstrap')).toEqual([undefined]);
    expect(viewers('bootstrap/eu')).toEqual([[expect.objectContaining({ name: 'music-people' })]]);
  });

  test('is where the namespaces of its teams are, with their Secrets', () => {
    const places = [testEnvironment, prodInEurope].map((place) => ({
      ...place,
      namespace: `music-${place.name}`,
      team: 'music',
    }));
    const music: Team = { name: 'music', environments: places, receivers: ['team-chat'] };
    const workspace: Workspace = {
      ...twoClusters,
      teams: [music],
      models: [
        ...twoClusters.models,
        {
          ...serve('radio', server),
          team: 'music',
          deployments: places.map((place) => deploy(place, server)),
        },
      ],
    };
    const shared = render(workspace);
    expect(destinationOf(pick(shared, 'Application', 'mlops.prod.radio'))).toEqual({
      name: 'eu',
      namespace: 'music-prod',
    });
    expect(readme('bootstrap/eu', shared)).toContain('For prod and music in prod.');
    expect(readme('bootstrap/eu', shared)).toContain('--namespace mlops-test --namespace music-prod');
    expect(readme('bootstrap/eu', shared)).toContain('- `team-chat` in `mlops-test`, `music-prod`: `url`');
    expect(readme('bootstrap/eu', shared)).toContain('- `archive` in `mlops-test`: `url`');
    expect(readme('bootstrap', shared)).toContain('- `team-chat` in `mlops-test`, `music-test`: `url`');
  });

  test('has the charts of others that stand in it', () => {
    const chart = {
      name: 'ui',
      environment: prodInEurope,
      source: { kind: 'git' as const, url: 'https://git.example.com/ui.git', path: '', revision: 'v1.0.0' },
      releaseName: 'ui',
      namespace: 'ui',
      values: {},
      kinds: [],
      clusterKinds: ['apiextensions.k8s.io/CustomResourceDefinition'],
      podSecurity: 'restricted' as const,
      position: undefined,
    };
    const charted = render({ ...twoClusters, charts: [chart] });
    const expected = { name: 'eu', namespace: 'ui' };
    expect(destinationOf(pick(charted, 'Application', 'mlops.chart.prod.ui'))).toEqual(expected);
    expect(destinationsOf(pick(charted, 'AppProject', 'mlops.chart.prod.ui'))).toEqual([expected]);
    const namespaces = (name: string) =>
      unitNamed(name, charted)?.manifests.flatMap(({ object }) =>
        object.kind === 'Namespace' ? [object.metadata.name] : [],
      );
    expect(namespaces('bootstrap')).not.toContain('ui');
    expect(namespaces('bootstrap/eu')).toContain('ui');
    expect(readme('bootstrap/eu', charted)).toContain('--namespace ui --cluster-resources');
  });
});

describe('a platform without environments at home', () => {
  const away = render(onClusters({ ...testEnvironment, cluster: eu }, { ...prodEnvironment, cluster: us }));

  test('asks for nothing at home that nothing there needs', () => {
    const guide = readme('bootstrap', away);
    expect(guide).not.toContain('selects in');
    expect(guide).not.toContain('team-chat');
    expect(guide).toContain('for namespace in mlops-toolings; do');
  });

  test('has a folder of the bootstrap for each cluster', () => {
    expect(away.map(({ unit }) => unit.name)).toEqual(
      expect.arrayContaining(['bootstrap/eu', 'bootstrap/us']),
    );
    expect(readme('bootstrap/us', away)).not.toContain('corporate-ca');
    expect(readme('bootstrap/us', away)).toContain('argocd cluster add CONTEXT --namespace mlops-prod');
  });
});

test('without other clusters nothing names one', () => {
  const plain = render(jukeboxWorkspace);
  expect(plain.every(({ unit }) => unit.cluster === undefined)).toBe(true);
  expect(plain.map(({ unit }) => unit.name)).not.toContain('bootstrap/eu');
});
