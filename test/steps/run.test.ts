import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { credentialVariables } from '../../charts/tasks/credentials.js';
import { taskContracts } from '../../charts/tasks/task-contracts.js';
import { defineStep, listParams } from '../../charts/tasks/step-contract.js';
import { duration } from '../../config/values/duration.js';
import { OutsideError } from '../../gitops/outside-error.js';
import { credentialVariables as gitopsVariables } from '../../gitops/git/remote.js';
import { describeStep, runStep } from '../../steps/run.js';
import { StepFailure } from '../../steps/step-failure.js';
import type { Step } from '../../steps/step.js';
import { instantClock } from '../gitops/support/publishing.js';

const contract = defineStep({
  name: 'greet',
  description: 'Greets.',
  params: z.strictObject({
    firstName: z.string().min(1).describe('Who.'),
    count: z.string().regex(/^\d+$/).transform(Number).describe('How often.'),
  }),
  results: { greeting: 'What was said.' },
  workspace: false,
  cluster: false,
  credentials: [],
  retries: 0,
  timeout: duration('1m'),
  resources: { cpu: '50m', memory: '64Mi' },
});

let folder: string;
let lines: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftloop-run-'));
  lines = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function run(
  perform: Step<typeof contract>['perform'],
  variables: Record<string, string> = {},
  clock = instantClock(),
) {
  const given = { PARAM_FIRST_NAME: 'Ada', PARAM_COUNT: '1', STEP_RESULTS: folder, ...variables };
  return runStep({ contract, perform }, given, (line) => lines.push(line), clock);
}

const greet: Step<typeof contract>['perform'] = ({ firstName, count }) =>
  Promise.resolve({ greeting: `hello ${firstName} `.repeat(count).trim() });

test('params come from variables and results go to files', async () => {
  expect(await run(greet)).toBe(0);
  expect(readFileSync(join(folder, 'greeting'), 'utf8')).toBe('hello Ada');
  expect(await run(greet, { PARAM_COUNT: '2' })).toBe(0);
  expect(readFileSync(join(folder, 'greeting'), 'utf8')).toBe('hello Ada hello Ada');
});

test('all wrong params are told in one sentence, and the step does not start', async () => {
  expect(await run(greet, { PARAM_FIRST_NAME: '', PARAM_COUNT: 'x' })).toBe(1);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^The params of step greet are wrong: firstName: .*; count: .*\.$/);
});

test('an expected failure is one sentence, and its results are written nevertheless', async () => {
  const fail = () => Promise.reject(new StepFailure('It is too early.', { greeting: 'later' }));
  expect(await run(fail)).toBe(1);
  expect(lines).toEqual(['It is too early.']);
  expect(readFileSync(join(folder, 'greeting'), 'utf8')).toBe('later');
});

test('a failure outside is told with its hint, and the step is repeated until that is over', async () => {
  const clock = instantClock();
  let calls = 0;
  const perform = () => {
    calls += 1;
    if (calls < 3)
      return Promise.reject(new OutsideError('git push failed: no route', { hint: 'Check the network.' }));
    return Promise.resolve({ greeting: 'hello' });
  };
  expect(await run(perform, {}, clock)).toBe(0);
  expect(lines).toEqual([
    'git push failed: no route. Check the network. Trying again in 5 s.',
    'git push failed: no route. Check the network. Trying again in 15 s.',
  ]);
  expect(clock.waits).toEqual([5000, 15_000]);
});

test('a failure outside that does not end fails the step, without a stack trace', async () => {
  const clock = instantClock();
  const fail = () => Promise.reject(new OutsideError('git push failed: no route'));
  expect(await run(fail, {}, clock)).toBe(1);
  expect(lines.at(-1)).toBe('git push failed: no route.');
  expect(clock.waits).toHaveLength(3);
  const waited = clock.waits.reduce((sum, pause) => sum + pause, 0);
  for (const { timeout } of taskContracts) expect(timeout.milliseconds).toBeGreaterThan(3 * waited);
});

test('a no and a fault of ours are not repeated', async () => {
  const clock = instantClock();
  await run(() => Promise.reject(new StepFailure('No.')), {}, clock);
  await run(() => Promise.reject(new Error('cannot be')), {}, clock);
  expect(clock.waits).toEqual([]);
});

test('a full disk is no fault of ours', async () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    syscall: 'write',
  });
  expect(await run(() => Promise.reject(full))).toBe(1);
  expect(lines).toEqual(['ENOSPC: no space left on device, write.']);
});

test('a fault of ours keeps its stack trace', async () => {
  expect(await run(() => Promise.reject(new Error('cannot be')))).toBe(1);
  expect(lines[0]).toMatch(/^Error: cannot be\n +at /);
});

test('results that Tekton would cut off are a fault of ours, and none is written', async () => {
  expect(await run(() => Promise.resolve({ greeting: 'ä'.repeat(1801) }))).toBe(1);
  expect(lines[0]).toContain('step greet has 3602 bytes of results, more than 3600');
  expect(readdirSync(folder)).toEqual(['failure']);
});

test('a missing folder for results is told', async () => {
  expect(await run(greet, { STEP_RESULTS: '' })).toBe(1);
  expect(lines).toEqual(['The variable STEP_RESULTS is not set.']);
});

test('help names every variable', () => {
  expect(describeStep(contract)).toBe(
    'greet: Greets.\nVariables:\n  PARAM_FIRST_NAME  Who.\n  PARAM_COUNT  How often.',
  );
  for (const step of taskContracts) {
    for (const param of listParams(step)) expect(describeStep(step)).toContain(param.variable);
  }
});

test('the Tasks give Git its credentials in the variables that gitops reads', () => {
  expect([credentialVariables.gitUsername, credentialVariables.gitPassword]).toEqual([
    gitopsVariables.username,
    gitopsVariables.password,
  ]);
});

test('a param that takes no text, or that nobody described, is refused where it is declared', () => {
  const declare = (schema: z.ZodType) => () =>
    defineStep({ ...contract, params: z.strictObject({ count: schema }) });
  expect(declare(z.number().describe('How often.'))).toThrow('param count of step greet must take text');
  expect(declare(z.string())).toThrow('must take text and have a description');
});

describe('why a step failed', () => {
  const failWith = (message: string, results = {}) =>
    run(() => Promise.reject(new StepFailure(message, results)));
  const told = () => readFileSync(join(folder, 'failure'), 'utf8');

  test('stands in a result, where it outlives the log', async () => {
    expect(await failWith('The model is not released.')).toBe(1);
    expect(told()).toBe('The model is not released.');
  });

  test('takes no more room than the other results leave, and ends with a whole character', async () => {
    await failWith('ä'.repeat(1000), { greeting: 'x'.repeat(3399) });
    expect(Buffer.byteLength(told())).toBe(200);
    expect(told()).toMatch(/^ä+$/);
    await failWith('ä'.repeat(1000));
    expect(Buffer.byteLength(told())).toBe(400);
  });

  test('stands nowhere when all is well', async () => {
    expect(await run(greet)).toBe(0);
    expect(readdirSync(folder)).toEqual(['greeting']);
  });
});
