import { stringify } from 'yaml';
import { listenerUrl } from '../../charts/conventions.js';
import { planUnits } from '../../charts/units.js';
import { duration } from '../../config/values/duration.js';
import type { Manifest } from '../../synth/manifest.js';
import { renderUnits } from '../../synth/render.js';
import { fieldAt } from '../../validate/fields.js';
import { validatePromql } from '../../validate/promql.js';
import { contextOf, meanshift } from '../charts/alert-fixture.js';
import { makeAlertmanagerYaml } from './alertmanager-yaml.js';
import { describeWith } from './binaries.js';
import { startExporter } from './exporter.js';
import type { Exporter } from './exporter.js';
import { startHttpServer } from './http-server.js';
import { startListener } from './listener.js';
import type { Listener } from './listener.js';
import { freePort, makeScratch, queryPrometheus, startAlertmanager, startPrometheus } from './servers.js';
import { waitFor } from './wait.js';

/** The jukebox with seconds where it has minutes; everything else is as rendered. */
const context = contextOf([{ ...meanshift, for: duration('2s') }], {
  interval: duration('1s'),
  groupWait: duration('1s'),
  groupInterval: duration('2s'),
  repeatInterval: duration('4s'),
  keepFiringFor: duration('6s'),
  runDeadline: duration('6s'),
});

function renderManifests(): readonly Manifest[] {
  const { platform, model, deployment } = context;
  const workspace = {
    platform,
    environments: [deployment.environment],
    models: [model],
    teams: [],
    charts: [],
    access: undefined,
    origins: new Map(),
  };
  return [...renderUnits(planUnits(workspace, new Map()))].flatMap(({ manifests }) => manifests);
}

const token = 'a-token-of-the-test';
const [healthy, drifted] = [0.9, 0.001];

describeWith(['prometheus', 'alertmanager'], 'a drift metric on real servers', (binaries) => {
  const manifests = renderManifests();
  const ofKind = (kind: string) => manifests.flatMap(({ object }) => (object.kind === kind ? [object] : []));
  const cleanUps: (() => Promise<void> | void)[] = [];
  const told: string[] = [];
  let exporter: Exporter;
  let listener: Listener;
  let prometheusUrl: string;
  let restartAlertmanager: () => Promise<void>;

  beforeAll(async () => {
    const scratch = makeScratch();
    cleanUps.push(() => {
      scratch.remove();
    });
    const people = await startHttpServer(({ body }) => {
      told.push(body);
      return { status: 200, body: 'ok' };
    });
    exporter = await startExporter(meanshift.features, healthy);
    listener = await startListener(manifests, token, () => {
      exporter.countRun();
    });
    for (const server of [people, exporter, listener]) cleanUps.push(() => server.close());
    const config = makeAlertmanagerYaml(ofKind('AlertmanagerConfig'), {
      secret: (name) => (name === 'driftloop-token' ? token : `http://127.0.0.1:${people.port}/`),
      base: { group_wait: '1s', group_interval: '2s' },
      redirect: (url) => {
        expect(url).toBe(listenerUrl(context.platform));
        return `http://127.0.0.1:${listener.port}/`;
      },
    });
    const port = await freePort();
    const start = () =>
      startAlertmanager(binaries.alertmanager, `${scratch.path}/alertmanager`, config, port);
    let alertmanager = await start();
    restartAlertmanager = async () => {
      await alertmanager.kill();
      alertmanager = await start();
    };
    const prometheus = await startPrometheus({
      binary: binaries.prometheus,
      folder: scratch.path,
      rules: stringify({
        groups: ofKind('PrometheusRule').flatMap((rule) => fieldAt(rule, 'spec', 'groups')),
      }),
      alertmanager: `127.0.0.1:${port}`,
      scrapes: [
        {
          job: 'trustyai',
          target: `127.0.0.1:${exporter.port}`,
          path: '/metrics',
          labels: { namespace: 'mlops-test' },
        },
        // The controller's own `namespace` becomes `exported_namespace`, as with a plain ServiceMonitor.
        {
          job: 'tekton',
          target: `127.0.0.1:${exporter.port}`,
          path: '/tekton',
          labels: { namespace: 'tekton-pipelines' },
        },
      ],
    });
    prometheusUrl = prometheus.url;
    cleanUps.push(() => prometheus.kill());
    cleanUps.push(() => alertmanager.kill());
  }, 60_000);

  afterAll(async () => {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
  });

  const state = () => queryPrometheus(prometheusUrl, 'driftloop:detector:state');
  const firing = (alert: string) =>
    queryPrometheus(prometheusUrl, `count(ALERTS{alertname="${alert}",alertstate="firing"})`);
  const seen = (value: number) =>
    waitFor(`Prometheus to record state ${value}`, async () => (await state()) === value);
  const isOver = () =>
    waitFor('the episode to end', async () => (await firing('ModelRetrain')) === undefined, 40);

  test('two episodes with flapping, repeats, a restart and an outage start exactly two runs', async () => {
    expect(validatePromql(manifests)).toEqual([]);
    await seen(0);

    exporter.set('danceability', drifted);
    await waitFor('the first run', () => listener.runs.length === 1);
    exporter.set('danceability', healthy);
    await seen(0);
    expect(await firing('ModelRetrain')).toBe(1);
    exporter.set('danceability', drifted);
    exporter.set('tempo', drifted);
    await seen(1);
    await waitFor('repeats', () => listener.repeats >= 2);
    const before = listener.repeats;
    await restartAlertmanager();
    await waitFor('a delivery after the restart', () => listener.repeats > before);
    for (const feature of meanshift.features) exporter.set(feature, healthy);
    await isOver();
    expect(listener.runs).toHaveLength(1);
    expect(told.filter((body) => body.includes('ModelRetrainNotStarted'))).toEqual([]);

    listener.setOutage(true);
    exporter.set('energy', drifted);
    await waitFor('requests during the outage', () => listener.turnedAway >= 2);
    await waitFor('the alert about the missing run', () =>
      told.some((body) => body.includes('ModelRetrainNotStarted')),
    );
    listener.setOutage(false);
    await waitFor('the second run', () => listener.runs.length === 2);
    const again = listener.repeats;
    await waitFor('a repeat of the second episode', () => listener.repeats > again);
    exporter.set('energy', healthy);
    await isOver();

    expect(listener.runs).toHaveLength(2);
    for (const run of listener.runs) {
      expect(run).toMatch(/^PipelineRun mlops-toolings\/jukebox-test-[0-9a-f]{16}-\d{14}$/);
    }
    expect(listener.failures).toEqual([]);
  }, 180_000);

  test('people were told what drifted', () => {
    const violation = told.find((body) => body.includes('ModelViolation'));
    expect(violation).toContain('danceability = 0.001');
  });
});
