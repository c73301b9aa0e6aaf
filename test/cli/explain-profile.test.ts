import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { features } from '../../config/catalogue/capabilities.js';
import { runCli } from './run-cli.js';
import type { CliResult } from './run-cli.js';

const empty = mkdtempSync(join(tmpdir(), 'driftloop-profile-'));
afterAll(() => {
  rmSync(empty, { recursive: true });
});

const explain = (cwd: string, ...words: readonly string[]): Promise<CliResult> =>
  runCli(['explain', ...words], { cwd });

test('a profile is explained without a workspace: versions, what they decide, and where that is written', async () => {
  const { status, output } = await explain(empty, '--profile', 'openshift');
  expect(status).toBe(0);
  expect(output).toMatch(/^openshift with\n {2}Tekton Pipelines +\d/);
  expect(output).toContain('alertmanagerConfig: v1beta1\n');
  expect(output).toContain('    v1beta1 (openshift, Prometheus operator 0.57): https://');
  expect(output).toContain('    v1alpha1 (otherwise): https://');
});

test('for programs the table is JSON, with every feature', async () => {
  const { status, output } = await explain(empty, '--profile', 'kubernetes', '--format', 'json');
  expect(status).toBe(0);
  const explained = JSON.parse(output) as { features: { name: string }[] }; // As printed above.
  expect(explained).toMatchObject({ profile: 'kubernetes', versions: { kserve: '0.20.0' } });
  expect(explained.features.map(({ name }) => name)).toEqual(Object.keys(features));
});

test("without a name it is the workspace's own", async () => {
  const { status, output } = await explain(resolve('examples/jukebox'), '--profile');
  expect(status).toBe(0);
  expect(output).toMatch(/^kubernetes with\n/);
});

test('without a name and outside of a workspace nothing is made up', async () => {
  const { status, output, log } = await explain(empty, '--profile');
  expect([status, output]).toEqual([1, '']);
  expect(log).toContain('CONFIG_WORKSPACE_MISSING');
});

test.each([
  [['--profile', 'openshift4'], 'There are kubernetes, openshift.'],
  [['CONFIG_YAML_TAB', '--profile'], 'leave one of them out'],
  [[], 'name what to explain'],
])('%j is refused with what works', async (words, expected) => {
  const { status, output, log } = await explain(empty, ...words);
  expect([status, output]).toEqual([1, '']);
  expect(log).toContain(expected);
});

test('only what --profile says can be had as JSON', async () => {
  const { status, output } = await explain(empty, 'CONFIG_YAML_TAB', '--format', 'json');
  expect(status).toBe(1);
  expect(JSON.parse(output)).toMatchObject({
    failure: { message: 'only --profile has another format than text.' },
  });
});
