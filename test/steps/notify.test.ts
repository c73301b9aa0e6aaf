import type { RunMessages } from '../../charts/tasks/notify.js';
import type { KubernetesApi } from '../../steps/kubernetes-api.js';
import { notify } from '../../steps/notify.js';
import { startHttpServer } from '../real/http-server.js';
import type { HttpRequest, HttpServer } from '../real/http-server.js';
import { startMailServer } from '../real/mail-server.js';
import type { MailServer } from '../real/mail-server.js';
import { createContext } from './context.js';
import { FakeApi } from './fake-api.js';

const run = 'jukebox-test-a7a3ee508e5723cd-20261121120000';
const labels = { 'driftloop.dev/started-by': 'alert', 'driftloop.dev/environment': 'test' };
let fake: FakeApi;
let api: KubernetesApi;
let chat: HttpServer;
let mail: MailServer;
let posts: HttpRequest[];
let status: number;

beforeEach(async () => {
  fake = new FakeApi();
  api = await fake.start();
  fake.putRun(run, 'Unknown', '2026-11-21T12:00:00Z', labels);
  posts = [];
  status = 200;
  chat = await startHttpServer((request) => {
    posts.push(request);
    return { status };
  });
  mail = await startMailServer();
});

afterEach(() => Promise.all([fake.stop(), chat.close(), mail.close()]));

const url = (path: string) => `http://127.0.0.1:${chat.port}/${path}`;
const slack = { kind: 'slack' as const, name: 'team-chat', channel: '#jukebox' };
const basics: RunMessages = {
  receivers: [slack],
  on: ['refused', 'failed', 'released', 'proposed'],
  title: '{{ model }}: run {{ event }}',
  text: '{{ summary }}\n{{ pullRequest }}\nRun {{ run }} for {{ environment }}, started by {{ startedBy }}.',
};

function tell(messages: Partial<RunMessages> = {}, moment: 'begin' | 'end' = 'end') {
  const context = createContext({
    api,
    secrets: {
      DRIFTLOOP_NOTIFY_TEAM_CHAT__URL: url('hooks/s3cret'),
      DRIFTLOOP_NOTIFY_CHANNEL__URL: url('workflow'),
      DRIFTLOOP_NOTIFY_HOOK__TOKEN: 't0ken',
      DRIFTLOOP_NOTIFY_LOGIN__URL: url('login'),
      DRIFTLOOP_NOTIFY_LOGIN__USERNAME: 'robot',
      DRIFTLOOP_NOTIFY_LOGIN__PASSWORD: 'p@ss',
    },
  });
  const params = { model: 'jukebox', run, moment, messages: { ...basics, ...messages } };
  return { context, result: notify.perform(params, context) };
}

const release = () => {
  fake.putTask(run, 'release', { version: '7', image: 'oci://r/m@sha256:1', commit: 'abc' });
};
const bodies = () => posts.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
const annotations = () => fake.objects.get(`pipelineruns/${run}`)?.metadata.annotations ?? {};

test('each kind of receiver is told in its own words', async () => {
  release();
  fake.putTask(run, 'promote', { pullRequest: 'https://git.example.com/mlops/gitops/pulls/7' });
  const { result } = tell({
    on: ['released'],
    receivers: [
      slack,
      { kind: 'teams', name: 'channel' },
      { kind: 'webhook', name: 'hook', url: url('hook') },
      { kind: 'webhook', name: 'login' },
      {
        kind: 'email',
        name: 'post',
        to: ['a@example.com', 'b@example.com'],
        from: 'mlops@example.com',
        smarthost: `127.0.0.1:${mail.port}`,
        requireTls: false,
      },
    ],
  });
  expect(await result).toEqual({ notified: '5' });
  const at = (path: string) => posts.find((post) => post.path === `/${path}`);
  const text = [
    'version 7 was released.',
    'https://git.example.com/mlops/gitops/pulls/7',
    `Run ${run} for test, started by alert.`,
  ].join('\n');
  expect(JSON.parse(at('hooks/s3cret')?.body ?? '')).toEqual({
    channel: '#jukebox',
    text: `*jukebox: run released a version*\n${text}`,
  });
  expect(at('workflow')?.body).toContain('"type":"AdaptiveCard"');
  expect(at('workflow')?.body).toContain('version 7 was released.\\n\\n');
  expect(JSON.parse(at('hook')?.body ?? '')).toMatchObject({
    event: 'released',
    model: 'jukebox',
    version: '7',
    run,
    text,
  });
  expect(at('hook')?.headers.authorization).toBe('Bearer t0ken');
  expect(at('login')?.headers.authorization).toBe(`Basic ${Buffer.from('robot:p@ss').toString('base64')}`);
  expect(mail.mails).toHaveLength(1);
  expect(mail.mails[0]).toMatch(/Subject: jukebox: run released a version/);
  expect(mail.mails[0]).toMatch(/a@example\.com[\s\S]*b@example\.com/);
  expect(mail.mails[0]).toContain('version 7 was released.');
});

test('a released version and its pull request are two messages', async () => {
  release();
  fake.putTask(run, 'promote', { pullRequest: 'https://git.example.com/x/pulls/7' });
  expect(await tell().result).toEqual({ notified: '2' });
  expect(
    bodies()
      .map(({ text }) => String(text).split('\n')[0])
      .sort(),
  ).toEqual(['*jukebox: run opened a pull request*', '*jukebox: run released a version*']);
});

test.each([
  [
    'refused',
    () => {
      fake.putTask(run, 'admit', {
        admitted: 'false',
        refusal: 'frozen',
        reason: 'no run may start within weekend.',
      });
    },
    'was not admitted',
    'no run may start within weekend.',
  ],
  [
    'failed',
    () => {
      fake.putTask(run, 'evaluate', { failure: 'accuracy is 0.7.' }, 'x');
    },
    'failed',
    'accuracy is 0.7.',
  ],
])('a run that %s says why', async (_, arrange, event, summary) => {
  arrange();
  await tell().result;
  expect(bodies()).toEqual([
    {
      channel: '#jukebox',
      text: `*jukebox: run ${event}*\n${summary}\nRun ${run} for test, started by alert.`,
    },
  ]);
});

test('the begin of a run is told without asking how it ended', async () => {
  await tell({ on: ['started'], title: '{{model}} {{ event }}', text: '{{ run }}' }, 'begin').result;
  expect(bodies()).toEqual([{ channel: '#jukebox', text: `*jukebox started*\n${run}` }]);
});

test('what nobody wants to hear is not told', async () => {
  release();
  expect(await tell({ on: ['failed'] }).result).toEqual({ notified: '0' });
  expect(posts).toEqual([]);
});

test('a step that is repeated tells nothing twice', async () => {
  release();
  await tell().result;
  expect(await tell().result).toEqual({ notified: '0' });
  expect(posts).toHaveLength(1);
  expect(annotations()).toEqual({
    'notified.driftloop.dev/released.team-chat': 'sent 2026-11-21T10:00:00.000Z',
  });
});

test('a step that was killed after sending, and before it could say so, tells nothing twice', async () => {
  release();
  fake.before = (request) => {
    // Whatever is asked after the message was sent fails.
    if (posts.length > 0) fake.refusal = { status: 503, body: request };
  };
  await tell().result.catch(() => undefined);
  fake.refusal = undefined;
  fake.before = () => undefined;
  await tell().result;
  expect(posts).toHaveLength(1);
});

test.each([
  [500, 4, 'answers 500'],
  [404, 1, 'answers 404.'],
])('a receiver that answers %d is asked %d times, and fails no run', async (answer, attempts, words) => {
  release();
  status = answer;
  const { result, context } = tell();
  expect(await result).toEqual({ notified: '0' });
  expect(posts).toHaveLength(attempts);
  const note = annotations()['notified.driftloop.dev/released.team-chat'] ?? '';
  expect(note).toContain(words);
  expect([note, ...context.lines].join('\n')).not.toContain('s3cret');
});

test('receivers whose Secrets are missing, or whose server is away, keep nobody else from being told', async () => {
  release();
  const { result, context } = tell({
    receivers: [
      { kind: 'slack', name: 'nobody', channel: '#x' },
      {
        kind: 'email',
        name: 'post',
        to: ['a@example.com'],
        from: 'b@example.com',
        smarthost: '127.0.0.1:1',
        requireTls: true,
      },
      slack,
    ],
  });
  expect(await result).toEqual({ notified: '1' });
  expect(context.lines).toEqual(
    expect.arrayContaining([
      'nobody was not told: the Secret with the address of nobody is missing, or holds no URL.',
      expect.stringMatching(/^post was not told: the mail server 127\.0\.0\.1:1 did not take the mail: /),
    ]),
  );
});

test.each([
  '{{ model }}',
  '<!channel> & <http://x|y>',
  'a\r\nBcc: evil@example.com',
  '$(params.x)',
  '"}, {"',
  'x'.repeat(1_000_000),
])('hostile words of a task (%.30s) stay text', async (words) => {
  fake.putTask(run, 'evaluate', { failure: words }, 'x');
  await tell({
    title: '{{ summary }}',
    receivers: [
      slack,
      {
        kind: 'email',
        name: 'post',
        to: ['a@example.com'],
        from: 'b@example.com',
        smarthost: `127.0.0.1:${mail.port}`,
        requireTls: false,
      },
    ],
  }).result;
  const [{ text }] = bodies() as [{ text: string }];
  expect(text.length).toBeLessThan(4_000);
  expect(text).not.toMatch(/[<>]/);
  expect(text).not.toContain('*jukebox');
  const [, headers] = mail.mails[0]?.split('\n\n') ?? [];
  expect(headers).toContain('Subject: ');
  expect(headers).not.toMatch(/^Bcc:/m);
  expect(mail.mails[0]).not.toContain('RCPT TO:<evil@example.com>');
});
