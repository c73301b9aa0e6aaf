import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Receiver, ReceiverTarget } from '../../config/model.js';
import type { ModelInEnvironment } from '../../charts/model-in-environment.js';
import {
  errors,
  everyKind,
  jukebox,
  meanshift,
  receiver,
  renderNotifications,
  renderRoutes,
  contextOf,
} from '../charts/alert-fixture.js';
import { makeAlertmanagerYaml } from './alertmanager-yaml.js';
import { describeWith } from './binaries.js';
import { startHttpServer } from './http-server.js';
import type { HttpRequest } from './http-server.js';
import { startMailServer } from './mail-server.js';
import type { MailServer } from './mail-server.js';
import { freePort, makeScratch, startAlertmanager } from './servers.js';
import { waitFor } from './wait.js';

const far = { ...meanshift, name: 'far', severity: 'critical' as const };
const chat = (name: string): ReceiverTarget => ({
  kind: 'slack',
  apiUrl: { name, key: 'url' },
  channel: '#jukebox',
});
const always = { times: [], weekdays: [], daysOfMonth: [], months: [], years: [] };

function listReceivers(withTeams: boolean): readonly Receiver[] {
  return [
    receiver('chat', chat('chat'), { severities: ['warning'] }),
    receiver('drift-hook', hook('drift-hook'), { categories: ['drift'] }),
    receiver('mail', mail),
    receiver('muted', chat('muted'), { mute: [{ name: 'mute-always', periods: [always] }] }),
    receiver('on-call', pager, { severities: ['critical'] }),
    receiver('outside', chat('outside'), {
      active: [{ name: 'active-past', periods: [{ ...always, years: [{ start: 1999, end: 1999 }] }] }],
    }),
    receiver('the-rest', chat('the-rest'), { default: true }),
    ...(withTeams ? [receiver('channel', { kind: 'teams', url: { name: 'channel', key: 'url' } })] : []),
  ];
}

const mail: ReceiverTarget = {
  kind: 'email',
  to: ['data@example.com', 'lead@example.com'],
  from: 'mlops@example.com',
  smarthost: 'smtp.example.com:587',
  username: undefined,
  password: undefined,
  requireTls: false,
  ca: undefined,
};

const pager: ReceiverTarget = {
  kind: 'pagerduty',
  routingKey: { name: 'pager', key: 'routing-key' },
  url: 'https://events.example.com/pager',
  client: 'driftloop',
  clientUrl: 'https://git.example.com/mlops/gitops',
  severity: { warning: 'info', critical: 'error' },
};

function hook(name: string): ReceiverTarget {
  return {
    kind: 'webhook',
    url: { name, key: 'url' },
    bearerToken: { name, key: 'token' },
    basicAuth: undefined,
    ca: undefined,
  };
}

/** As Prometheus sends them: labels of the rendered rules, and what their templates become. */
const alert = (name: string, labels: Readonly<Record<string, string>>) => ({
  labels: {
    alertname: name,
    namespace: 'mlops-test',
    driftloop_model: 'jukebox',
    driftloop_environment: 'test',
    driftloop_action: 'notify',
    severity: 'warning',
    ...labels,
  },
  annotations: {
    summary: 'The data of model jukebox in test has drifted.',
    description: `${labels.driftloop_detector ?? name}: p-value below 0.05 for 10m. Now: danceability = 0.0125.`,
    next_steps: 'This starts a run.\nLook: kubectl get pipelineruns',
    owner: 'music-team',
  },
});

describeWith(['alertmanager'], 'people on a real Alertmanager', ({ alertmanager }) => {
  const version = spawnSync(alertmanager, ['--version'], { encoding: 'utf8' }).stdout;
  // One that was built from its sources tells no version, and is a new one.
  const [, minor = '99'] = /version 0\.(\d+)/.exec(version) ?? [];
  const hasTeams = Number(minor) >= 28;
  const context: ModelInEnvironment = {
    ...contextOf([{ ...errors, severity: 'critical' }, meanshift, far]),
    platform: { ...everyKind.platform, receivers: listReceivers(hasTeams) },
  };
  const requests: HttpRequest[] = [];
  const cleanUps: (() => Promise<void> | void)[] = [];
  let mails: MailServer;
  let url: string;

  beforeAll(async () => {
    const scratch = makeScratch();
    cleanUps.push(() => {
      scratch.remove();
    });
    const server = await startHttpServer((request) => {
      requests.push(request);
      return { status: request.path.startsWith('/pager') ? 202 : 200, body: '{"status":"ok"}' };
    });
    mails = await startMailServer();
    cleanUps.push(
      () => server.close(),
      () => mails.close(),
    );
    const here = `http://127.0.0.1:${server.port}`;
    const config = makeAlertmanagerYaml([renderRoutes(jukebox), renderNotifications(context)], {
      secret: (name, key) => (key === 'url' ? `${here}/${name}` : `${name}-${key}`),
      redirect: (address) =>
        address.includes(':587') ? `127.0.0.1:${mails.port}` : `${here}${new URL(address).pathname}`,
      base: { group_wait: '1s', group_interval: '2s' },
    }).replace('group_wait: 30s', 'group_wait: 1s');
    const running = await startAlertmanager(alertmanager, scratch.path, config, await freePort());
    url = running.url;
    cleanUps.push(() => running.kill());
  }, 60_000);

  afterAll(async () => {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
  });

  const post = async (...alerts: readonly object[]) => {
    const response = await fetch(`${url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alerts),
    });
    expect(response.status).toBe(200);
  };
  const sentTo = (path: string) => requests.filter((request) => request.path === path);
  const arrivalAt = (path: string, text: string) =>
    waitFor(`${text} at ${path}`, () => sentTo(path).find(({ body }) => body.includes(text)));

  test('drift that warns reaches the chat, the mail and the hook of drift, and wakes nobody', async () => {
    await post(alert('ModelViolation', { driftloop_category: 'drift', driftloop_detector: 'meanshift' }));
    const { body } = await arrivalAt('/chat', 'meanshift');
    const [attachment] = (JSON.parse(body) as { attachments: Record<string, string>[] }).attachments;
    expect(attachment).toMatchObject({
      title: '[FIRING, warning] The data of model jukebox in test has drifted.',
      color: 'warning',
      text: [
        'meanshift: p-value below 0.05 for 10m. Now: danceability = 0.0125.',
        'This starts a run.\nLook: kubectl get pipelineruns',
        'Owner: music-team',
      ].join('\n'),
    });
    const posted = await arrivalAt('/drift-hook', 'meanshift');
    expect(posted.headers.authorization).toBe('Bearer drift-hook-token');
    const message = await waitFor('the mail', () => mails.mails.find((one) => one.includes('meanshift')));
    expect(message).toContain('RCPT TO:<data@example.com>');
    expect(message).toContain('RCPT TO:<lead@example.com>');
    expect(message).toContain('[FIRING, warning] The data of model jukebox in test has drifted.');
    expect(message.match(/danceability =3D 0\.0125/g)).toHaveLength(2);
    expect(sentTo('/pager')).toEqual([]);
  }, 60_000);

  test('a critical service reaches on-call with a key that makes one incident of it, and not the hook of drift', async () => {
    await post(
      alert('ModelViolation', {
        driftloop_category: 'service',
        driftloop_detector: 'errors',
        severity: 'critical',
      }),
    );
    const event = JSON.parse((await arrivalAt('/pager', 'errors')).body) as {
      dedup_key: string;
      payload: object;
    };
    expect(event).toMatchObject({
      routing_key: 'pager-routing-key',
      event_action: 'trigger',
      client: 'driftloop',
      client_url: 'https://git.example.com/mlops/gitops',
      payload: { severity: 'error', class: 'service', component: 'jukebox', group: 'test' },
    });
    expect(event.dedup_key).toMatch(/^[0-9a-f]{64}$/);
    expect(sentTo('/drift-hook').some(({ body }) => body.includes('errors'))).toBe(false);
    expect(sentTo('/chat').some(({ body }) => body.includes('errors'))).toBe(false);
  }, 60_000);

  test('a missing metric silences the violation of its own detector, which would else be held', async () => {
    await post(
      alert('ModelMetricMissing', { driftloop_category: 'drift', driftloop_detector: 'held' }),
      alert('ModelMetricMissing', { driftloop_category: 'bias', driftloop_detector: 'other' }),
    );
    await post(
      alert('ModelViolation', { driftloop_category: 'bias', driftloop_detector: 'held' }),
      alert('ModelViolation', { driftloop_category: 'bias', driftloop_detector: 'seen' }),
    );
    const { body } = await arrivalAt('/chat', 'seen: ');
    expect(body).not.toContain('held: ');
  }, 60_000);

  test('what is critical silences warnings of its own kind and model only', async () => {
    const critical = { driftloop_category: 'quality', severity: 'critical', driftloop_detector: 'worst' };
    await post(alert('ModelViolation', critical));
    await arrivalAt('/pager', 'worst');
    await post(alert('ModelViolation', { driftloop_category: 'quality', driftloop_detector: 'bad' }));
    await post(
      alert('ModelMetricIncomplete', { driftloop_category: 'quality', driftloop_detector: 'bad-2' }),
    );
    await arrivalAt('/chat', 'bad-2');
    expect(sentTo('/chat').some(({ body }) => body.includes('bad: '))).toBe(false);
  }, 60_000);

  test('whoever is muted, or not active, is told nothing, and the default nothing that others take', () => {
    for (const path of ['/muted', '/outside', '/the-rest']) expect(sentTo(path)).toEqual([]);
  });

  test('no mute, inhibition or receiver keeps the retrain alert from the listener', async () => {
    await post(
      alert('ModelRetrain', { driftloop_action: 'retrain' }),
      alert('ModelMetricMissing', { driftloop_category: 'drift', driftloop_detector: 'meanshift' }),
    );
    const { headers, body } = await arrivalAt('/', 'ModelRetrain');
    expect(headers.authorization).toBe('Bearer driftloop-token-token');
    expect((JSON.parse(body) as { alerts: object[] }).alerts).toHaveLength(1);
    for (const path of ['/chat', '/pager', '/drift-hook'])
      expect(sentTo(path).some((request) => request.body.includes('ModelRetrain'))).toBe(false);
  }, 60_000);

  if (hasTeams) {
    test('a workflow of Teams gets a card with lines that Teams shows as lines', async () => {
      const { body } = await arrivalAt('/channel', 'meanshift');
      const card = JSON.parse(body) as { attachments: { content: { body: { text: string }[] } }[] };
      const texts = card.attachments[0]?.content.body.map(({ text }) => text);
      expect(texts?.[0]).toBe('[FIRING, warning] The data of model jukebox in test has drifted.');
      expect(texts?.[1]).toContain('This starts a run.\n\nLook: kubectl get pipelineruns');
    });
  } else {
    test('an Alertmanager before 0.28 starts with no receiver for Teams, so driftloop refuses one', () => {
      const scratch = makeScratch();
      cleanUps.push(() => {
        scratch.remove();
      });
      const platform = { ...everyKind.platform, receivers: listReceivers(true) };
      const file = join(scratch.path, 'alertmanager.yaml');
      const text = makeAlertmanagerYaml([renderNotifications({ ...context, platform })], {
        secret: () => 'http://127.0.0.1:9/',
      });
      writeFileSync(file, text);
      const options = [
        `--config.file=${file}`,
        `--storage.path=${scratch.path}`,
        '--cluster.listen-address=',
      ];
      const { status, stderr } = spawnSync(alertmanager, [...options, '--web.listen-address=127.0.0.1:0'], {
        encoding: 'utf8',
        timeout: 20_000,
      });
      expect(status).toBe(1);
      expect(stderr).toContain('msteamsv2_configs');
    });
  }
});
