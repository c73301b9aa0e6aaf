import { OutsideError } from '../../gitops/outside-error.js';
import type { KubernetesApi } from '../../steps/kubernetes-api.js';
import { startRun } from '../../steps/start-run.js';
import type { HttpRequest, HttpServer } from '../real/http-server.js';
import { startHttpServer } from '../real/http-server.js';
import { createContext } from './context.js';
import { FakeApi } from './fake-api.js';

const run = 'jukebox-schedule-29345678';
const fake = new FakeApi();
let api: KubernetesApi;
let listener: HttpServer;
let answer: (request: HttpRequest) => number;
let requests: HttpRequest[];

beforeAll(async () => {
  api = await fake.start();
  listener = await startHttpServer((request) => {
    requests.push(request);
    return { status: answer(request) };
  });
});

afterAll(async () => {
  await fake.stop();
  await listener.close();
});

beforeEach(() => {
  fake.objects.clear();
  requests = [];
  answer = () => {
    fake.putRun(run, undefined);
    return 202;
  };
});

function perform(changes: { job?: string; listener?: string } = {}) {
  const params = {
    model: 'jukebox',
    schedule: 'retrain-jukebox',
    job: 'retrain-jukebox-29345678',
    listener: `http://127.0.0.1:${listener.port}/`,
    authority: '/nowhere',
    ...changes,
  };
  return startRun.perform(params, createContext({ api, token: 's3cret' }));
}

test('asks the listener for the run of the scheduled time, with the token', async () => {
  await perform();
  expect(requests).toHaveLength(1);
  expect(requests[0]?.headers.authorization).toBe('Bearer s3cret');
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
    startedBy: 'schedule',
    model: 'jukebox',
    id: '29345678',
  });
});

test('a Pod that is repeated finds the run there and asks for none', async () => {
  fake.putRun(run, 'True');
  await perform();
  expect(requests).toEqual([]);
});

test('a run that the listener did not start is no success, though the answer was 202', async () => {
  answer = () => 202;
  await expect(perform()).rejects.toThrow(OutsideError);
  await expect(perform()).rejects.toThrow(`there is no PipelineRun ${run} yet`);
});

test.each([400, 500, 503])('an answer %d comes from outside, and is asked again', async (status) => {
  answer = () => status;
  await expect(perform()).rejects.toThrow(OutsideError);
});

test('a listener that is away comes from outside, and is asked again', async () => {
  await expect(perform({ listener: 'http://127.0.0.1:1/' })).rejects.toThrow(OutsideError);
});

test('a Job that a person made of the CronJob starts a run of its own', async () => {
  answer = () => {
    fake.putRun('jukebox-schedule-by-hand', undefined);
    return 202;
  };
  await perform({ job: 'by-hand' });
  expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({ id: 'by-hand' });
});

test('a Job whose name would be too long for that of a run is told', async () => {
  await expect(perform({ job: 'x'.repeat(32) })).rejects.toThrow('31 characters at most');
});
