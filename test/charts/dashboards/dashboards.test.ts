import type { Dashboards, Platform, Workspace } from '../../../config/model.js';
import { checkPromql, listSelectors } from '../../../config/values/promql.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { validateManifests } from '../../../validate/validate.js';
import { series } from '../../../charts/contract.js';
import { errors, everyKind, fairness, latency, meanshift, own } from '../alert-fixture.js';
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
  withModels,
} from '../workspace-fixture.js';
import { openshiftCapabilities } from '../openshift-fixture.js';

const operator: Dashboards = {
  delivery: 'operator',
  folder: 'Music',
  instances: { dashboards: 'grafana' },
  prometheus: {
    url: 'https://prometheus.example.com',
    tokenSecret: { name: 'grafana-reader', key: 'token' },
  },
};
const sidecar: Dashboards = { delivery: 'sidecar', folder: 'Music', labels: { grafana_dashboard: '1' } };

function withDashboards(dashboards: Dashboards | undefined, platform: Partial<Platform> = {}): Workspace {
  const detectors = [errors, fairness, latency, meanshift, own];
  const model = serve('jukebox', server);
  const watched = withModels([
    { ...model, deployments: model.deployments.map((each) => ({ ...each, detectors })) },
  ]);
  return { ...watched, platform: { ...everyKind.platform, dashboards, ...platform } };
}

interface Target {
  readonly expr: string;
  readonly datasource: { readonly uid: string };
}

interface Content {
  readonly uid: string;
  readonly panels: readonly {
    readonly id: number;
    readonly gridPos: Record<'x' | 'y' | 'w' | 'h', number>;
    readonly targets?: readonly Target[];
  }[];
  readonly annotations: { readonly list: readonly Target[] };
}

function contentsOf(workspace: Workspace): readonly Content[] {
  return objectsOf(render(workspace)).flatMap((object) => {
    const json = (object.spec as { json?: string } | undefined)?.json;
    return json === undefined ? [] : [JSON.parse(json) as Content];
  });
}

const questionsOf = (content: Content): readonly Target[] => [
  ...content.panels.flatMap(({ targets }) => targets ?? []),
  ...content.annotations.list,
];

const kindsOf = (workspace: Workspace): readonly string[] =>
  objectsOf(render(workspace)).map(({ kind }) => kind);
const inTest = (workspace: Workspace) => render(workspace).filter(({ unit }) => unit.environment === 'test');

describe('dashboards', () => {
  test('of a model and of an environment are readable JSON', () => {
    const units = inTest(withDashboards(operator));
    const json = (name: string) => (pick(units, 'GrafanaDashboard', name).spec as { json: string }).json;
    expectGolden('dashboard-model.json', json('jukebox-dashboard'));
    expectGolden('dashboard-overview.json', json('driftloop.overview'));
  });

  test('come with a folder and a data source of their environment', () => {
    const units = inTest(withDashboards(operator));
    const others: KubernetesObject[] = [
      pick(units, 'GrafanaFolder', 'driftloop'),
      pick(units, 'GrafanaDatasource', 'driftloop'),
    ];
    expectGolden('dashboards.yaml', others);
  });

  test('are not there when nobody asked for them, or when there is nothing to show', () => {
    expect(kindsOf(withDashboards(undefined)).filter((kind) => kind.startsWith('Grafana'))).toEqual([]);
    const silent = {
      ...serve('quiet', server),
      deployments: [testEnvironment, prodEnvironment].map((environment) => ({
        ...deploy(environment, server),
        detectors: [],
      })),
    };
    const workspace = {
      ...withModels([silent]),
      platform: { ...jukeboxWorkspace.platform, dashboards: operator },
    };
    const names = objectsOf(render(workspace))
      .filter(({ kind }) => kind === 'GrafanaDashboard')
      .map(({ metadata }) => metadata.name);
    expect(names).toEqual(['driftloop.overview', 'driftloop.overview']);
  });

  test('are ConfigMaps for a sidecar, each with a file name of its own', () => {
    const units = render(withDashboards(sidecar));
    const maps = objectsOf(units).filter(
      ({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === 'dashboard',
    );
    const files = maps.flatMap(({ data }) => Object.keys(data as object));
    expect(files).toEqual([
      'mlops_test.json',
      'mlops_prod.json',
      'mlops_test_jukebox.json',
      'mlops_prod_jukebox.json',
    ]);
    expect(maps[0]?.metadata).toMatchObject({
      labels: { grafana_dashboard: '1' },
      annotations: { grafana_folder: 'Music test' },
    });
    expect(kindsOf(withDashboards(sidecar)).filter((kind) => kind.startsWith('Grafana'))).toEqual([]);
  });

  test('name no data source of anybody (D86)', () => {
    for (const content of contentsOf(withDashboards(operator))) {
      const uids = new Set(questionsOf(content).map(({ datasource }) => datasource.uid));
      expect([...uids].filter((uid) => uid !== '${datasource}')).toEqual([]);
    }
  });

  test('ask for one namespace only, never for test and prod mixed (D86)', () => {
    const contents = contentsOf(withDashboards(operator));
    expect(contents).toHaveLength(4);
    for (const content of contents) {
      const namespace = content.uid.includes('prod') ? 'mlops-prod' : 'mlops-test';
      for (const { expr } of questionsOf(content)) {
        for (const { matchers } of listSelectors(expr)) {
          const values = matchers
            .filter(({ label }) => label.endsWith('namespace'))
            .map(({ value }) => value);
          expect([namespace, 'mlops-toolings']).toContain(values[0]);
        }
      }
    }
  });

  test('ask in PromQL that Prometheus accepts, for series that the rules record', () => {
    const own: readonly string[] = Object.values(series);
    for (const content of contentsOf(withDashboards(operator))) {
      for (const { expr } of questionsOf(content)) {
        expect(checkPromql(expr)).toEqual([]);
        const names = listSelectors(expr).map(({ name }) => name ?? '');
        expect(names.filter((name) => name.startsWith('driftloop:') && !own.includes(name))).toEqual([]);
      }
    }
    const manifests = render(withDashboards(operator)).flatMap((unit) => unit.manifests);
    expect(validateManifests(manifests)).toEqual([]);
  });

  test('have panels that do not overlap, numbered once', () => {
    for (const { panels } of contentsOf(withDashboards(operator))) {
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
      const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
      );
      expect(new Set(cells).size).toBe(cells.length);
      for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    }
  });

  test('have an address of 40 characters at most, also for long names, and never the same one', () => {
    const long = (tail: string) => serve(`${'a'.repeat(50)}${tail}`, server);
    const workspace = withModels([long('b'), long('c')]);
    const contents = contentsOf({ ...workspace, platform: { ...workspace.platform, dashboards: operator } });
    const uids = contents.map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(6);
    for (const uid of uids) expect(uid).toMatch(/^[\w-]{1,40}$/);
  });

  test('bring no Grafana that lets everybody in, no rights, and no secret (D47, D85)', () => {
    const objects = objectsOf(render(withDashboards(operator, { capabilities: openshiftCapabilities })));
    const mine = objects.filter(({ apiVersion }) => apiVersion.startsWith('grafana.'));
    expect(new Set(mine.map(({ kind }) => kind))).toEqual(
      new Set(['GrafanaDashboard', 'GrafanaFolder', 'GrafanaDatasource']),
    );
    expect(objects.map(({ kind }) => kind)).not.toContain('Secret');
    expect(JSON.stringify(objects)).not.toMatch(/cluster-monitoring-view|anonymous|tlsSkipVerify/);
    const source = objects.find(({ kind }) => kind === 'GrafanaDatasource')?.spec;
    expect(source).toMatchObject({
      datasource: {
        jsonData: { customQueryParameters: 'namespace=mlops-test' },
        secureJsonData: { httpHeaderValue1: 'Bearer ${token}' },
      },
    });
  });

  test('are the same bytes every time', () => {
    const text = () => JSON.stringify(render(withDashboards(operator)).map(({ files }) => files));
    expect(text()).toBe(text());
  });

  test('show the servers only when Prometheus is told to read them', () => {
    const scrape = {
      kind: 'servers',
      path: '/metrics',
      interval: { milliseconds: 30_000 },
      port: undefined,
      modelLabel: 'model',
    } as const;
    const monitors = [{ name: 'servers', dialect: 'exporter' as const, service: undefined, scrape }];
    const text = (workspace: Workspace) => JSON.stringify(contentsOf(workspace));
    expect(text(withDashboards(operator))).not.toContain('up{');
    expect(text(withDashboards(operator, { monitors }))).toContain('job=\\"mlops-test/jukebox\\"');
  });
});
