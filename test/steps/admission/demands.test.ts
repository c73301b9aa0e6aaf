import { openPolicy } from '../../../charts/tasks/admission-policy.js';
import type { AdmissionPolicy } from '../../../charts/tasks/admission-policy.js';
import { resolveClockInterval } from '../../../config/resolve/resolve-time-intervals.js';
import { admit } from '../../../steps/admit.js';
import type { KubernetesApi } from '../../../steps/kubernetes-api.js';
import { startHttpServer } from '../../real/http-server.js';
import type { HttpAnswer, HttpServer } from '../../real/http-server.js';
import { createContext } from '../context.js';
import { FakeApi } from '../fake-api.js';

const leaseKey = 'leases/driftloop-jukebox';
const noon = '2026-11-21T12:00:00Z';
const alert = {
  'driftloop.dev/started-by': 'alert',
  'driftloop.dev/environment': 'test',
  'driftloop.dev/event': 'a7a3ee508e5723cd-20261121115500',
};
let fake: FakeApi;
let api: KubernetesApi;

beforeEach(async () => {
  fake = new FakeApi();
  api = await fake.start();
});

afterEach(() => fake.stop());

interface Question {
  readonly policy?: Partial<AdmissionPolicy>;
  readonly at?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly cooldown?: number;
}

/** A run that exists asks. */
function ask(run: string, { policy = {}, at = noon, labels = alert, cooldown = 0 }: Question = {}) {
  if (!fake.objects.has(`pipelineruns/${run}`)) fake.putRun(run, undefined, at, labels);
  return admit.perform(
    { model: 'jukebox', run, cooldown, policy: { ...openPolicy, ...policy } },
    createContext({
      api,
      now: new Date(at),
      servers: { prometheus: { token: 't0ken', authority: undefined } },
    }),
  );
}

const end = (run: string, reason = 'Failed') => {
  fake.putRun(run, 'False', noon, alert, reason);
};

const annotate = (annotations: Record<string, string>) => {
  fake.put('leases', { metadata: { name: 'driftloop-jukebox', annotations }, spec: {} });
};

const annotation = (name: string) =>
  fake.objects.get(leaseKey)?.metadata.annotations?.[`driftloop.dev/${name}`];

describe('an event', () => {
  test('whose run was deleted and made again under its name is not handled twice', async () => {
    await ask('run-1');
    fake.objects.delete('pipelineruns/run-1');
    const answer = await ask('run-1', { at: '2026-11-21T16:00:00Z' });
    expect(answer).toEqual({
      admitted: 'false',
      refusal: 'handled',
      reason: `this event was handled by a run of the same name, which was admitted at 2026-11-21T12:00:00.000Z and has been deleted since.`,
    });
  });

  test('whose step was killed before it could answer is admitted by the next attempt, and counts once', async () => {
    await ask('run-1');
    expect((await ask('run-1', { at: '2026-11-21T12:01:00Z', policy: { maxRunsPerDay: 1 } })).admitted).toBe(
      'true',
    );
    expect(JSON.parse(annotation('admitted-runs') ?? '')).toEqual([
      { run: 'run-1', at: '2026-11-21T12:00:00.000Z' },
    ]);
  });
});

describe('the runs of a day', () => {
  test('are as many as allowed, within 24 hours and not within a date', async () => {
    const policy = { maxRunsPerDay: 2 };
    await ask('run-1', { policy, at: '2026-11-20T23:00:00Z' });
    end('run-1');
    await ask('run-2', { policy, at: '2026-11-20T23:30:00Z' });
    end('run-2');
    expect(await ask('run-3', { policy, at: '2026-11-21T22:59:59Z' })).toEqual({
      admitted: 'false',
      refusal: 'runs-per-day',
      reason:
        '2 runs of jukebox were admitted within 24 hours, and no other may start before 2026-11-21T23:00:00.000Z.',
    });
    expect((await ask('run-4', { policy, at: '2026-11-21T23:00:00Z' })).admitted).toBe('true');
  });

  test('are remembered up to a limit, so that the Lease does not grow without end', async () => {
    const runs = Array.from({ length: 500 }, (_, index) => ({
      run: `old-${index}`,
      at: '2026-01-01T00:00:00.000Z',
    }));
    annotate({ 'driftloop.dev/admitted-runs': JSON.stringify(runs) });
    await ask('run-1');
    const known = JSON.parse(annotation('admitted-runs') ?? '') as { run: string }[];
    expect(known).toHaveLength(200);
    expect(known.at(-1)?.run).toBe('run-1');
  });

  test('of two runs that ask at once and may be one only one is admitted', async () => {
    const answers = await Promise.all(
      ['run-1', 'run-2'].map((run) => ask(run, { policy: { maxRunsPerDay: 1 } })),
    );
    expect(answers.filter(({ admitted }) => admitted === 'true')).toHaveLength(1);
  });
});

describe('failed runs in a row', () => {
  const policy = { maxFailures: 2 };

  /** Each is killed before it could record anything. */
  async function failTwice() {
    for (const run of ['run-1', 'run-2']) {
      await ask(run, { policy });
      end(run);
    }
  }

  test('stop the next one, also when they were killed before they could record their end', async () => {
    await failTwice();
    expect(await ask('run-3', { policy })).toEqual({
      admitted: 'false',
      refusal: 'failures',
      reason:
        '2 runs of jukebox failed in a row, the last one was run-2; when the cause is mended: kubectl annotate lease driftloop-jukebox driftloop.dev/failed-runs-',
    });
  });

  test('are forgotten when a person removes the list, and the last one does not come back', async () => {
    await failTwice();
    const { metadata, ...lease } = fake.objects.get(leaseKey) ?? { metadata: { name: '' } };
    const annotations = { ...metadata.annotations };
    Reflect.deleteProperty(annotations, 'driftloop.dev/failed-runs');
    fake.put('leases', { ...lease, metadata: { ...metadata, annotations } });
    expect((await ask('run-3', { policy: { maxFailures: 1 } })).admitted).toBe('true');
    expect(annotation('failed-runs')).toBe('[]');
  });

  test('do not count when a person cancelled them', async () => {
    await ask('run-1', { policy });
    end('run-1');
    await ask('run-2', { policy });
    end('run-2', 'Cancelled');
    expect((await ask('run-3', { policy })).admitted).toBe('true');
  });

  test('count once, and not at all where nobody wants that', async () => {
    await ask('run-1', { policy });
    fake.putRun('run-1', 'False', noon, { ...alert, 'driftloop.dev/outcome': 'failed' });
    expect((await ask('run-2', { policy: { maxFailures: 1 } })).admitted).toBe('true');
    await failTwice();
    expect((await ask('run-4')).admitted).toBe('true');
  });

  test.each(['three', '{"run-1": true}', '[1]', ''])(
    'the list "%s" stops the run instead of being guessed',
    async (text) => {
      annotate({ 'driftloop.dev/failed-runs': text });
      await expect(ask('run-1', { policy })).rejects.toThrow(
        "The Lease's annotation driftloop.dev/failed-runs is not the list that driftloop writes. Correct or remove it.",
      );
    },
  );
});

test('within a frozen time no run starts, whatever asks for it, and the Lease stays as it is', async () => {
  const freeze = [
    resolveClockInterval('weekend', { weekdays: ['saturday', 'sunday'], location: 'Europe/Berlin' }),
  ];
  for (const labels of [alert, {}, { 'driftloop.dev/started-by': 'manual' }]) {
    expect(await ask(`run-${Object.keys(labels).length}`, { policy: { freeze }, labels })).toEqual({
      admitted: 'false',
      refusal: 'frozen',
      reason: 'no run may start within weekend (Europe/Berlin), and it is 2026-11-21T12:00:00.000Z.',
    });
  }
  expect(fake.objects.has(leaseKey)).toBe(false);
});

describe('another server', () => {
  let server: HttpServer;
  let answer: HttpAnswer;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    server = await startHttpServer(({ path, headers }) => {
      asked.push(`${decodeURIComponent(path)} ${headers.authorization ?? ''}`.trim());
      return answer;
    });
  });

  afterEach(() => server.close());

  const url = () => `http://127.0.0.1:${server.port}`;
  const alerts = () => ({ alertmanager: url(), environments: ['test'] });
  const samples = () => ({ prometheus: url(), query: 'sum(increase(requests_total[$since]))', minimum: 100 });
  const vector = (...values: string[]) => ({
    status: 200,
    body: JSON.stringify({
      status: 'success',
      data: { resultType: 'vector', result: values.map((value) => ({ metric: {}, value: [0, value] })) },
    }),
  });

  test.each([
    ['fires', '[{"fingerprint": "a7a3ee508e5723cd"}]', 'true', 'none'],
    ['is gone', '[]', 'false', 'alert-gone'],
    ['is another one', '[{"fingerprint": "0000000000000000"}]', 'false', 'alert-gone'],
  ])('says whether the alert %s', async (_, body, admitted, refusal) => {
    answer = { status: 200, body };
    expect(await ask('run-1', { policy: { alerts: alerts() } })).toMatchObject({ admitted, refusal });
    expect(asked).toEqual([
      '/api/v2/alerts?active=true&silenced=false&inhibited=false&unprocessed=false&filter=alertname="ModelRetrain"&filter=driftloop_model="jukebox"&filter=driftloop_environment="test"',
    ]);
  });

  test.each([
    ['push', { 'driftloop.dev/started-by': 'push' }],
    ['nobody knows what', {}],
    ['an alert of another cluster', { ...alert, 'driftloop.dev/environment': 'prod' }],
  ])('is not asked about alerts for a run that was started by %s', async (_, labels) => {
    answer = { status: 200, body: '[]' };
    expect((await ask('run-1', { labels, policy: { alerts: alerts() } })).admitted).toBe('true');
    expect(asked).toEqual([]);
  });

  test.each([
    ['99', 'false'],
    ['100', 'true'],
    ['1e3', 'true'],
    [undefined, 'false'],
  ])(
    'has counted %s samples since the last run, of which 100 are wanted: admitted %s',
    async (value, admitted) => {
      answer = vector(...(value === undefined ? [] : [value]));
      await ask('run-1', { at: '2026-11-21T10:00:00Z' });
      end('run-1');
      const found = await ask('run-2', { policy: { samples: samples() } });
      expect(found).toMatchObject({ admitted, refusal: admitted === 'true' ? 'none' : 'samples' });
      expect(asked).toEqual(['/api/v1/query?query=sum(increase(requests_total[7200s])) Bearer t0ken']);
      if (value !== '99') return;
      expect(found.reason).toBe(
        '99 samples came since 2026-11-21T10:00:00.000Z, when run run-1 was admitted; 100 are wanted.',
      );
    },
  );

  test.each(['push', 'data', 'objects', 'registry', 'manual'])(
    'is not asked for samples when a run was started by %s',
    async (cause) => {
      await ask('run-1', { at: '2026-11-21T10:00:00Z' });
      end('run-1');
      const labels = { 'driftloop.dev/started-by': cause };
      expect((await ask('run-2', { labels, policy: { samples: samples() } })).admitted).toBe('true');
      expect(asked).toEqual([]);
    },
  );

  test('is not asked for samples before there was any run', async () => {
    expect((await ask('run-1', { policy: { samples: samples() } })).admitted).toBe('true');
    expect(asked).toEqual([]);
  });

  test.each([
    ['an error', { status: 503, body: '' }, 'answers 503'],
    ['a page of a proxy', { status: 200, body: '<html>' }, 'does not answer the query as Prometheus does'],
    ['several values', vector('1', '2'), 'the query has 2 values'],
    ['no number', vector('NaN'), 'the query has the value NaN'],
  ])('that answers with %s is asked three times, and then the policy decides', async (_, wrong, words) => {
    answer = wrong;
    await ask('run-1', { at: '2026-11-21T10:00:00Z' });
    end('run-1');
    const refused = await ask('run-2', { policy: { samples: samples(), whenUnknown: 'refuse' } });
    expect(refused).toMatchObject({ admitted: 'false', refusal: 'samples' });
    expect(refused.reason).toContain(words);
    expect(refused.reason).toContain('and the policy for that is to refuse.');
    expect(asked).toHaveLength(3);
    expect((await ask('run-3', { policy: { samples: samples() } })).admitted).toBe('true');
  });

  test('that is away does not keep a run from starting, unless the policy says so', async () => {
    const gone = alerts();
    await server.close();
    expect((await ask('run-1', { policy: { alerts: gone } })).admitted).toBe('true');
    end('run-1');
    const refused = await ask('run-2', { policy: { alerts: gone, whenUnknown: 'refuse' } });
    expect(refused.refusal).toBe('alert-gone');
    expect(refused.reason).toMatch(
      /^Alertmanager could not be asked \(127\.0\.0\.1:\d+ cannot be reached: .*\), and the policy/,
    );
    server = await startHttpServer(() => answer);
  });
});

describe('a crash', () => {
  test.each(['GET', 'POST', 'PUT'])(
    'at any %s of the API server leaves a state from which the next attempt decides the same',
    async (method) => {
      await ask('before');
      end('before');
      for (let victim = 1; ; victim += 1) {
        let count = 0;
        fake.before = (request) => {
          if (!request.startsWith(method) || ++count !== victim) return;
          fake.refusal = { status: 503, body: '{"message": "gone"}' };
        };
        const run = `run-${victim}`;
        await ask(run).catch(() => undefined);
        fake.before = () => undefined;
        fake.refusal = undefined;
        expect((await ask(run)).admitted).toBe('true');
        const admitted = JSON.parse(annotation('admitted-runs') ?? '') as { run: string }[];
        expect(admitted.filter((each) => each.run === run)).toHaveLength(1);
        end(run);
        if (count < victim) break;
      }
    },
  );
});

test('runs of two models do not hinder each other', async () => {
  const other = (run: string) => {
    fake.putRun(run, undefined, noon, alert);
    return admit.perform(
      { model: 'ranker', run, cooldown: 0, policy: { ...openPolicy, maxRunsPerDay: 1 } },
      createContext({ api, now: new Date(noon) }),
    );
  };
  const answers = await Promise.all([ask('run-1', { policy: { maxRunsPerDay: 1 } }), other('run-2')]);
  expect(answers.map(({ admitted }) => admitted)).toEqual(['true', 'true']);
});
