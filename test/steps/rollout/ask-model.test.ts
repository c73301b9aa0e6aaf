import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SmokeTestRequest } from '../../../charts/tasks/smoke-test.js';
import { askModel } from '../../../steps/rollout/ask-model.js';

let server: Server;
let url: string;
let answer: (request: IncomingMessage, body: string, response: ServerResponse) => void;

beforeEach(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      answer(request, body, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const request: SmokeTestRequest = { path: '/predict', status: 200, values: [] };
const say = (text: string, status = 200) => {
  answer = (_, __, response) => response.writeHead(status).end(text);
};

test('what is asked arrives as it was written, and a good answer has no faults', async () => {
  answer = ({ method, url: path, headers }, body, response) =>
    response.end(JSON.stringify({ method, path, type: headers['content-type'], body, p: 0.5 }));
  const values = [{ pointer: '/p', min: 0, max: 1 }];
  const schema = { type: 'object', required: ['method'], properties: { method: { const: 'POST' } } };
  expect((await askModel(url, { ...request, values, schema }, '{"a": 1}')).faults).toEqual([]);
  const get = { ...request, values: [{ pointer: '/p', min: 0.6 }] };
  expect((await askModel(url, get, undefined)).faults).toEqual([
    '/p of its answer is 0.5, wanted at least 0.6',
  ]);
});

test.each([
  ['{"p": null}', '/p of its answer is no number'],
  ['{"p": "0.5"}', '/p of its answer is no number'],
  ['{}', '/p of its answer is no number'],
  ['[]', '/p of its answer is no number'],
  ['{"p": 1e999}', '/p of its answer is no number'],
  ['{"p": 2}', '/p of its answer is 2, wanted 0 to 1'],
  ['NaN', 'its answer is no JSON: NaN'],
  ['', 'its answer is no JSON'],
])('the answer %s is never a good one', async (text, fault) => {
  say(text);
  const asked = await askModel(url, { ...request, values: [{ pointer: '/p', min: 0, max: 1 }] }, undefined);
  expect(asked.faults).toEqual([fault]);
  expect(asked.mayPass).toBe(false);
});

test('a value of the prototype, or of a text, is no number of the answer', async () => {
  say('{"list": [1, 2], "text": "abc"}');
  const values = ['/constructor/length', '/__proto__', '/text/length', '/list/length', '/list/5'].map(
    (pointer) => ({
      pointer,
      min: 0,
    }),
  );
  const { faults } = await askModel(url, { ...request, values }, undefined);
  expect(faults).toEqual(values.map(({ pointer }) => `${pointer} of its answer is no number`));
});

test('another status is told with the beginning of what the server says, in one line', async () => {
  say('out of \u001b[31mmemory\n\n'.repeat(100), 500);
  const asked = await askModel(url, request, undefined);
  expect(asked.faults[0]).toMatch(/^it answers 500 instead of 200: out of \[31mmemory out of/);
  expect(asked.faults[0]?.length).toBeLessThan(300);
  expect(asked.mayPass).toBe(true);
  say('no', 404);
  expect((await askModel(url, request, undefined)).mayPass).toBe(false);
  expect((await askModel(url, { ...request, status: 404 }, undefined)).faults).toEqual([]);
});

test('what is too slow, endless, elsewhere or not there is no good answer', async () => {
  answer = () => undefined;
  const slow = await askModel(url, { ...request, latency: 50 }, undefined);
  expect(slow.faults).toEqual(['it does not answer within 50 ms']);
  answer = (_, __, response) => {
    response.writeHead(200);
    const write = () => {
      while (response.write('x'.repeat(65_536)));
      response.once('drain', write);
    };
    write();
  };
  expect((await askModel(url, request, undefined)).faults).toEqual(['its answer is too long']);
  answer = (_, __, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
  expect((await askModel(url, request, undefined)).faults).toEqual(['it answers 302 instead of 200']);
  const nobody = await askModel('http://127.0.0.1:1', request, undefined);
  expect([nobody.faults[0]?.startsWith('it cannot be reached'), nobody.mayPass]).toEqual([true, true]);
});
