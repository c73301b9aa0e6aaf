import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openPolicy } from '../../charts/tasks/admission-policy.js';
import type { AdmissionPolicy } from '../../charts/tasks/admission-policy.js';
import { admit } from '../../steps/admit.js';
import type { KubernetesApi } from '../../steps/kubernetes-api.js';
import { createContext } from '../steps/context.js';
import { FakeApi } from '../steps/fake-api.js';
import { describeWith } from './binaries.js';
import { startHttpServer } from './http-server.js';
import { freePort, makeScratch, queryPrometheus, startAlertmanager, startPrometheus } from './servers.js';
import type { RunningServer } from './servers.js';
import { waitFor } from './wait.js';

const quiet = 'route: { receiver: none }\nreceivers: [{ name: none }]\n';
const labels = {
  alertname: 'ModelRetrain',
  namespace: 'mlops-test',
  driftloop_model: 'jukebox',
  driftloop_environment: 'test',
};

describeWith(['prometheus', 'alertmanager'], 'admission asks', ({ prometheus, alertmanager }) => {
  const scratch = makeScratch();
  const fake = new FakeApi();
  let api: KubernetesApi;
  let alerts: RunningServer;
  let metrics: RunningServer;
  let exporter: Awaited<ReturnType<typeof startHttpServer>>;
  let count = 0;

  beforeAll(async () => {
    api = await fake.start();
    const port = await freePort();
    alerts = await startAlertmanager(alertmanager, join(scratch.path, 'alertmanager'), quiet, port);
    exporter = await startHttpServer(() => ({ status: 200, body: `requests_total ${count}\n` }));
    mkdirSync(join(scratch.path, 'prometheus'));
    metrics = await startPrometheus({
      binary: prometheus,
      folder: join(scratch.path, 'prometheus'),
      rules: 'groups: []\n',
      alertmanager: `127.0.0.1:${port}`,
      scrapes: [{ job: 'model', target: `127.0.0.1:${exporter.port}`, path: '/metrics', labels: {} }],
    });
  });

  afterAll(async () => {
    await Promise.all([alerts.kill(), metrics.kill(), exporter.close(), fake.stop()]);
    scratch.remove();
  });

  function ask(run: string, event: string, policy: Partial<AdmissionPolicy>, now = new Date()) {
    const started = { 'driftloop.dev/started-by': 'alert', 'driftloop.dev/environment': 'test' };
    fake.putRun(run, undefined, now.toISOString(), { ...started, 'driftloop.dev/event': event });
    const params = { model: 'jukebox', run, cooldown: 0, policy: { ...openPolicy, ...policy } };
    return admit.perform(params, createContext({ api, now }));
  }

  async function post(path: string, body: unknown): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${alerts.url}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }

  async function fire(endsAt: Date): Promise<string> {
    await post('/api/v2/alerts', [{ labels, startsAt: new Date(Date.now() - 60_000).toISOString(), endsAt }]);
    return waitFor('the alert', async () => {
      const found = (await (await fetch(`${alerts.url}/api/v2/alerts`)).json()) as { fingerprint: string }[];
      return found[0]?.fingerprint;
    });
  }

  test('Alertmanager whether the alert fires, is silenced, or is over', async () => {
    const policy = { alerts: { alertmanager: alerts.url, environments: ['test'] } };
    const fingerprint = await fire(new Date(Date.now() + 600_000));
    const event = `${fingerprint}-20261121120000`;
    expect(await ask('run-1', event, policy)).toMatchObject({ admitted: 'true' });
    fake.putRun('run-1', 'True');

    expect(await ask('run-2', '0123456789abcdef-20261121120000', policy)).toMatchObject({
      refusal: 'alert-gone',
    });

    const hour = 3_600_000;
    await post('/api/v2/silences', {
      matchers: [{ name: 'driftloop_model', value: 'jukebox', isRegex: false, isEqual: true }],
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + hour).toISOString(),
      createdBy: 'somebody',
      comment: 'being mended',
    });
    await waitFor('the silence', async () => (await ask('run-3', event, policy)).refusal === 'alert-gone');
  });

  test('Prometheus how many samples have come since the last run', async () => {
    const query = 'sum(max_over_time(requests_total[$since]) - min_over_time(requests_total[$since]))';
    const policy = { samples: { prometheus: metrics.url, query, minimum: 50 } };
    fake.objects.delete('leases/driftloop-jukebox');
    await waitFor('the first sample', () =>
      queryPrometheus(metrics.url, 'requests_total == 0').then((value) => value === 0),
    );
    expect((await ask('first', '', policy)).admitted).toBe('true');
    fake.putRun('first', 'True');
    expect(await ask('second', '', policy)).toMatchObject({ refusal: 'samples' });
    count = 50;
    await waitFor('the last sample', () =>
      queryPrometheus(metrics.url, 'requests_total == 50').then((value) => value === 50),
    );
    expect((await ask('second', '', policy)).admitted).toBe('true');
  });

  test('a query that Prometheus refuses is no answer, and the policy decides', async () => {
    const samples = { prometheus: metrics.url, query: 'sum(', minimum: 1 };
    fake.putRun('second', 'True');
    expect(await ask('third', '', { samples, whenUnknown: 'refuse' })).toMatchObject({ refusal: 'samples' });
  });
});
