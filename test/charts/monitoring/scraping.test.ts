import type { Platform, Workspace } from '../../../config/model.js';
import type { Monitor } from '../../../config/model-monitoring.js';
import { duration } from '../../../config/values/duration.js';
import { validateReferences } from '../../../validate/references.js';
import { expectGolden } from '../expect-golden.js';
import {
  inferenceService,
  objectsOf,
  ownRuntime,
  pick,
  render,
  serve,
  server,
  withModels,
} from '../workspace-fixture.js';
import { openshiftCapabilities } from '../openshift-fixture.js';

const basics = { path: '/metrics', interval: duration('30s') };
const servers: Monitor = {
  name: 'servers',
  dialect: 'exporter',
  service: undefined,
  scrape: { kind: 'servers', ...basics, port: undefined, modelLabel: 'model' },
};
const batch: Monitor = {
  name: 'batch',
  dialect: 'evidently',
  service: undefined,
  scrape: {
    kind: 'service',
    ...basics,
    interval: duration('1m'),
    labels: { app: 'drift-job' },
    port: 'http',
  },
};
const both = withModels([serve('plain', server), serve('served-by-kserve', inferenceService)]);

function withMonitors(monitors: readonly Monitor[], platform: Partial<Platform> = {}): Workspace {
  const alerting = { ...both.platform.alerting, scrapeLabels: { release: 'monitoring' } };
  return { ...both, platform: { ...both.platform, alerting, monitors, ...platform } };
}

const scrapersOf = (workspace: Workspace) =>
  render(workspace).flatMap(({ unit, manifests }) =>
    manifests
      .filter(({ object }) => /^(Pod|Service)Monitor$/.test(object.kind))
      .map(({ object }) => `${unit.name} ${object.kind} ${object.metadata.name}`),
  );

describe('what Prometheus reads', () => {
  const rendered = render(withMonitors([batch, servers]));

  test('is each server of a model by itself, with the label that detectors expect', () => {
    const test = rendered.filter(({ unit }) => unit.environment === 'test');
    const names = ['plain', 'served-by-kserve'];
    expectGolden(
      'server-scraping.yaml',
      names.map((name) => pick(test, 'PodMonitor', name)),
    );
  });

  test('is the port of requests, that of an own runtime too, unless another is named', () => {
    const models = [serve('jukebox', { ...ownRuntime, autoscaling: undefined })];
    const addressOf = (monitor: Monitor) => {
      const units = render({ ...withMonitors([monitor]), models });
      const test = units.filter(({ unit }) => unit.environment === 'test');
      return /\$1:\d+/.exec(JSON.stringify(pick(test, 'PodMonitor', 'jukebox')))?.[0];
    };
    const own = ownRuntime.runtime?.kind === 'own' ? ownRuntime.runtime.port : undefined;
    expect(addressOf(servers)).toBe(`$1:${String(own)}`);
    expect(
      addressOf({ ...servers, scrape: { kind: 'servers', ...basics, port: 9400, modelLabel: 'model' } }),
    ).toBe('$1:9400');
  });

  test('is a Service of a monitor, once in every environment', () => {
    const prod = rendered.filter(({ unit }) => unit.environment === 'prod');
    expectGolden('monitor-scraping.yaml', [pick(prod, 'ServiceMonitor', 'batch')]);
    expect(scrapersOf(withMonitors([batch]))).toEqual([
      'test/platform ServiceMonitor batch',
      'prod/platform ServiceMonitor batch',
    ]);
  });

  test('is nothing that nobody asked for', () => {
    expect(scrapersOf(both)).toEqual([]);
    expect(scrapersOf(withMonitors([servers]))).toHaveLength(4);
  });

  test('is nothing that OpenShift reads by itself', () => {
    expect(scrapersOf(withMonitors([servers], { capabilities: openshiftCapabilities }))).toEqual([
      'test/plain PodMonitor plain',
      'prod/plain PodMonitor plain',
    ]);
  });

  test('finds what is rendered', () => {
    expect(validateReferences(rendered.flatMap(({ manifests }) => manifests))).toEqual([]);
  });

  test('is told in the bootstrap with the labels to select by', () => {
    const guide = rendered[0]?.files.find(({ path }) => path.endsWith('.md'))?.text;
    expect(guide).toContain(
      'selects ServiceMonitors and PodMonitors with `release: monitoring` in `mlops-test`, `mlops-prod`',
    );
    expect(objectsOf(render(both))).not.toContainEqual(expect.objectContaining({ kind: 'PodMonitor' }));
  });
});
