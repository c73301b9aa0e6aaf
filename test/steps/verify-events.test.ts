import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVerifier } from '../../steps/verify-events.js';
import { signMlflowEvent } from '../../validate/triggers/mlflow-signature.js';

const key = 'a-key-of-mlflow';
const delivery = '5f3d4a1e-6d0b-4b5c-9a54-3f2f9f3f1c77';
const timestamp = '1795241560';
const body = '{"entity": "model_version", "description": "<&\u2028>"}';
const now = new Date(Number(timestamp) * 1000 + 5_000);

let folder: string;
let server: Server;
let log: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'driftloop-verifier-'));
  writeFileSync(join(folder, 'registry'), key);
  log = [];
  server = createVerifier({ keyFolder: folder, now: () => now, log: (line) => log.push(line) });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

/** As the listener of Tekton Triggers 0.37 asks. */
function question(changes: object = {}, signature = signMlflowEvent(delivery, timestamp, body, key)): object {
  return {
    body,
    header: {
      'Content-Type': ['application/json'],
      'X-Mlflow-Delivery-Id': [delivery],
      'X-Mlflow-Signature': [signature],
      'X-Mlflow-Timestamp': [timestamp],
    },
    extensions: {},
    interceptor_params: { sender: 'registry' },
    context: { event_url: '/events/registry', event_id: 'x', trigger_id: 'namespaces/a/triggers/b' },
    ...changes,
  };
}

interface Answer {
  readonly status: number;
  readonly answer: { readonly continue?: boolean; readonly status?: { readonly code?: number } };
}

async function ask(
  sent: string,
  path = '/mlflow',
  method = 'POST',
  headers: Readonly<Record<string, string | number>> = { 'content-length': Buffer.byteLength(sent) },
): Promise<Answer> {
  const { port } = server.address() as AddressInfo; // It listens on TCP.
  const request = httpRequest({
    port,
    path,
    method,
    headers,
  });
  request.end(sent);
  const [response] = (await once(request, 'response')) as [AsyncIterable<Buffer> & { statusCode: number }];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const answer = JSON.parse(Buffer.concat(chunks).toString()) as Answer['answer'];
  return { status: response.statusCode, answer };
}

test('an event of MLflow goes on, and nothing is logged of it', async () => {
  expect(await ask(JSON.stringify(question()))).toEqual({
    status: 200,
    answer: { continue: true, status: {} },
  });
  expect(log).toEqual([]);
});

test.each<[string, object]>([
  ['with a wrong signature', question({}, 'v1,AAAA')],
  ['signed with another key', question({}, signMlflowEvent(delivery, timestamp, body, 'guessed'))],
  ['signed with no key', question({}, signMlflowEvent(delivery, timestamp, body, ''))],
  ['with another body', question({ body: body.replace('version', 'versions') })],
  ['of a sender without a key', question({ interceptor_params: { sender: 'nobody' } })],
])('an event %s is refused, and people read why', async (_, sent) => {
  const { status, answer } = await ask(JSON.stringify(sent));
  expect(status).toBe(200);
  expect(answer).toMatchObject({ continue: false, status: { code: 9 } });
  expect(log).toHaveLength(1);
  expect(log.join('')).not.toContain(key);
});

test('an event of another sender is refused without many words', async () => {
  const header = { 'X-Github-Event': ['push'] };
  expect((await ask(JSON.stringify(question({ header })))).answer.continue).toBe(false);
  expect(log).toEqual([]);
});

test('an event is refused when it is replayed later', async () => {
  const old = String(Number(timestamp) - 400);
  const header = {
    'X-Mlflow-Delivery-Id': [delivery],
    'X-Mlflow-Signature': [signMlflowEvent(delivery, old, body, key)],
    'X-Mlflow-Timestamp': [old],
  };
  expect((await ask(JSON.stringify(question({ header })))).answer.continue).toBe(false);
});

test('an empty key signs for nobody', async () => {
  writeFileSync(join(folder, 'registry'), '');
  const sent = question({}, signMlflowEvent(delivery, timestamp, body, ''));
  expect((await ask(JSON.stringify(sent))).answer.continue).toBe(false);
});

test('a new key counts from then on', async () => {
  const sent = question({}, signMlflowEvent(delivery, timestamp, body, 'new'));
  expect((await ask(JSON.stringify(sent))).answer.continue).toBe(false);
  writeFileSync(join(folder, 'registry'), 'new');
  expect((await ask(JSON.stringify(sent))).answer.continue).toBe(true);
});

test.each([
  ['a folder above', { interceptor_params: { sender: '../registry' } }],
  ['a path', { interceptor_params: { sender: 'a/b' } }],
  ['no sender', { interceptor_params: {} }],
  ['several senders', { interceptor_params: { sender: ['registry'] } }],
  ['no body', { body: undefined }],
  ['headers that are no lists', { header: { 'X-Mlflow-Signature': 'v1,AAAA' } }],
])('a question with %s is none', async (_, changes) => {
  expect(await ask(JSON.stringify(question(changes)))).toEqual({ status: 400, answer: {} });
});

test.each([
  ['', 400],
  ['[]', 400],
  ['{', 400],
  ['null', 400],
  ['x'.repeat(1024 * 1024 + 1), 413],
])('what is no question is refused (%#)', async (sent, status) => {
  expect((await ask(sent)).status).toBe(status);
});

test('a question of unknown length is refused', async () => {
  const chunked = { 'transfer-encoding': 'chunked' };
  expect((await ask('', '/mlflow', 'POST', chunked)).status).toBe(413);
});

test.each([
  ['GET', '/mlflow', 404],
  ['POST', '/', 404],
  ['POST', '/mlflow/../mlflow', 404],
  ['GET', '/healthz', 200],
])('%s %s is answered with %d', async (method, path, status) => {
  expect((await ask('', path, method)).status).toBe(status);
});

test('many ask at once, and each gets its own answer', async () => {
  const questions = Array.from({ length: 50 }, (_, index) =>
    ask(JSON.stringify(index % 2 === 0 ? question() : question({}, 'v1,AAAA'))),
  );
  const answers = await Promise.all(questions);
  expect(answers.map(({ answer }) => answer.continue)).toEqual(answers.map((_, index) => index % 2 === 0));
});

test('no connection is kept, so none is closed while the listener asks again', async () => {
  const { port } = server.address() as AddressInfo; // It listens on TCP.
  const agent = new Agent({ keepAlive: true });
  for (const [method, path] of [
    ['GET', '/healthz'],
    ['POST', '/mlflow'],
  ] as const) {
    const request = httpRequest({ port, path, method, agent });
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.headers.connection).toBe('close');
    response.resume();
    await once(response, 'close');
  }
  agent.destroy();
});
