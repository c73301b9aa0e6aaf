import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from './run-cli.js';
import type { CliResult } from './run-cli.js';

let folder: string;

beforeAll(() => {
  const bundle = join(process.cwd(), 'build/step-runner/step.mjs');
  if (!existsSync(bundle)) throw new Error('these tests need the bundled step runner: npm run build');
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftloop-step-verb-'));
  mkdirSync(join(folder, 'output'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const gates = JSON.stringify({
  metrics: [{ metric: 'accuracy', min: 0.75 }],
  champion: { environment: 'test', first: 'fail', data: 'same' },
});

function evaluate(variables: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  const environment = {
    PATH: process.env.PATH,
    STEP_WORKSPACE: folder,
    PARAM_MODEL: 'jukebox',
    PARAM_GATES: gates,
    PARAM_TARGET_REPOSITORY: 'none',
    PARAM_TARGET_BRANCH: 'main',
    ...variables,
  };
  return runCli(['step', 'evaluate'], { cwd: folder, environment });
}

const train = (metrics: unknown) => {
  writeFileSync(join(folder, 'output/metrics.json'), JSON.stringify(metrics));
};

test('a step runs with the variables of its Task, and prints its results alone on standard output', async () => {
  train({ accuracy: 0.93 });
  const { status, output, log } = await evaluate();
  expect(status).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ passed: 'true' });
  expect(log).toContain('accuracy');
});

test('results go to the folder the caller names, as they do in the cluster', async () => {
  train({ accuracy: 0.93 });
  const results = join(folder, 'results');
  mkdirSync(results);
  const { status, output } = await evaluate({ STEP_RESULTS: results });
  expect([status, output]).toEqual([0, '']);
  expect(readFileSync(join(results, 'passed'), 'utf8')).toBe('true');
});

test('a step that says no has its reason, its results, and a status other than 0', async () => {
  train({ accuracy: 0.5 });
  const { status, output, log } = await evaluate();
  expect(status).toBe(1);
  expect(log).toContain('accuracy is 0.5');
  expect(JSON.parse(output)).toMatchObject({ passed: 'false' });
});

test('hostile text in a variable stays text', async () => {
  const hostile = `\`touch ${join(folder, 'seen')}\`; $(touch seen) '"\n--- *a`;
  const { status, log } = await evaluate({ PARAM_GATES: hostile });
  expect(status).toBe(1);
  expect(log).toContain('The params of step evaluate are wrong: gates: must be JSON');
  expect(existsSync(join(folder, 'seen'))).toBe(false);
});

test('steps are listed, one is described, and a name nobody knows is no success', async () => {
  const cwd = folder;
  expect((await runCli(['step'], { cwd })).output).toContain('fetch-source');
  const described = await runCli(['step', 'evaluate', '--describe'], { cwd });
  expect([described.status, described.output]).toEqual([0, expect.stringContaining('PARAM_GATES')]);
  const unknown = await runCli(['step', 'evaluat'], { cwd });
  expect([unknown.status, unknown.output]).toEqual([1, '']);
  expect(unknown.log).toContain('usage:');
});
