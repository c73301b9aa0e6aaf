import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatQuarantine, quarantinePath } from '../../config/quarantine-files.js';
import { formatRelease, releasePath } from '../../config/release-files.js';
import type { Release } from '../../config/release.js';
import { evaluate } from '../../steps/evaluate.js';
import { followReleases } from '../../steps/follow-releases.js';
import type { KubernetesApi } from '../../steps/kubernetes-api.js';
import { register } from '../../steps/register.js';
import { metricGates } from '../gates.js';
import { createContext } from './context.js';
import { FakeApi } from './fake-api.js';
import { FakeKubeflow } from './registry/fake-kubeflow.js';

const digest = (letter: string) => `oci://registry.example.com/jukebox/model@sha256:${letter.repeat(64)}`;
const registryKind = 'kubeflow' as const;

let directory: string;
let cluster: FakeApi;
let api: KubernetesApi;
let registry: FakeKubeflow;
let registryUrl: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'driftloop-register-'));
  cluster = new FakeApi();
  api = await cluster.start();
  registry = new FakeKubeflow();
  registryUrl = await registry.start();
});

afterEach(async () => {
  registry.stop();
  await cluster.stop();
  rmSync(directory, { recursive: true });
});

function put(path: string, text: string): void {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

type Properties = Record<string, { readonly string_value: string }>;

/** Properties of the versions by their names. */
function seen(): Readonly<Record<string, Properties>> {
  const versions = registry.stored.filter(({ kind }) => kind === 'model_versions');
  return Object.fromEntries(
    versions.map(({ name, body }) => [name, (body.customProperties ?? {}) as Properties]), // As it was sent.
  );
}

const labelsOf = (version: string) =>
  Object.entries(seen()[version] ?? {})
    .filter(([, { string_value: text }]) => text === '')
    .map(([name]) => name)
    .sort();

describe('the trained version', () => {
  const request = () => ({
    model: 'jukebox',
    run: 'jukebox-test-1',
    commit: 'c'.repeat(40),
    image: 'trained',
    sourceRepository: 'https://git.example.com/mlops/jukebox.git',
    registryKind,
    registryUrl,
  });
  const perform = () => register.perform(request(), createContext({ api, workspace: directory }));

  beforeEach(async () => {
    cluster.putRun('jukebox-test-1', 'Unknown', '2026-11-21T02:10:26Z');
    put('output/metrics.json', '{"accuracy": 0.93, "dataSnapshot": "holdout-1"}');
    put('output/model.json', JSON.stringify({ image: digest('a') }));
    const gates = metricGates({ metric: 'accuracy', min: 0.75, max: undefined });
    const asked = { model: 'jukebox', gates, targetRepository: 'none', targetBranch: 'main' };
    await evaluate.perform(asked, createContext({ workspace: directory }));
  });

  test('is registered with its metrics, data, run, commit and image, and the table of its gates', async () => {
    const results = await perform();
    const version = '20261121021026-ccccccc';
    expect(results).toEqual({ version, registered: `jukebox/${version}` });
    const texts = Object.entries(seen()[version] ?? {}).map(([name, { string_value: text }]) => [name, text]);
    expect(Object.fromEntries(texts)).toMatchObject({
      'driftloop.image': digest('a'),
      'driftloop.run': 'jukebox-test-1',
      'driftloop.commit': 'c'.repeat(40),
      'driftloop.source': 'https://git.example.com/mlops/jukebox.git',
      'driftloop.data-snapshot': 'holdout-1',
      'driftloop.metrics': '{"accuracy":0.93}',
    });
    const entry = registry.stored.find(({ kind }) => kind === 'model_versions');
    expect(entry?.body.description).toContain('| accuracy | 0.93 |  | at least 0.75 | passed |');
    expect(entry?.artifacts).toMatchObject([{ uri: digest('a') }]);
  });

  test('D19: is one version, also when the step is repeated', async () => {
    expect(await perform()).toEqual(await perform());
    expect(Object.keys(seen())).toHaveLength(1);
  });

  test('is not registered when the registry is down: nothing is released that nobody knows', async () => {
    registry.stop();
    await expect(perform()).rejects.toThrow('cannot be reached');
  });

  test('is not registered for a run that is gone', async () => {
    cluster.objects.clear();
    await expect(perform()).rejects.toThrow('The PipelineRun jukebox-test-1 is gone.');
  });
});

describe('the labels', () => {
  const release = (environment: string, version: string, letter: string): Release => ({
    model: 'jukebox',
    environment,
    version,
    image: digest(letter),
    releasedAt: '2026-11-21T10:00:00Z',
    by: 'ada',
    commit: undefined,
    metrics: { accuracy: 0.9 },
  });

  function git(...args: string[]): string {
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
    return execFileSync('git', ['-C', join(directory, 'gitops'), ...identity, ...args], { encoding: 'utf8' });
  }

  /** As if a release, a merged pull request or a rollback had written these records. */
  function record(releases: readonly Release[], quarantined: readonly string[] = []): void {
    rmSync(join(directory, 'gitops/releases'), { recursive: true, force: true });
    for (const each of releases)
      put(join('gitops', releasePath(each.environment, each.model)), formatRelease(each));
    const bad = quarantined.map((version) => ({
      version,
      image: digest('a'),
      at: '2026-11-21T11:00:00Z',
      by: 'ada',
    }));
    if (bad.length > 0) put(join('gitops', quarantinePath('jukebox')), formatQuarantine('jukebox', bad));
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'records');
  }

  const perform = (context = createContext()) =>
    followReleases.perform(
      {
        environments: 'test,prod',
        targetRepository: `file://${join(directory, 'gitops')}`,
        targetBranch: 'main',
        registryKind,
        registryUrl,
      },
      context,
    );

  beforeEach(() => {
    mkdirSync(join(directory, 'gitops'));
    git('init', '--quiet', '--initial-branch=main');
  });

  test('follow a release, a promotion, a rollback and a quarantine, whoever has made them', async () => {
    record([release('test', 'v-1', 'a')]);
    await perform();
    expect(labelsOf('v-1')).toEqual(['test']);
    record([release('test', 'v-2', 'b'), release('prod', 'v-1', 'a')]);
    await perform();
    expect([labelsOf('v-1'), labelsOf('v-2')]).toEqual([['prod'], ['test']]);
    record([release('test', 'v-2', 'b'), release('prod', 'v-2', 'b')], ['v-1']);
    await perform();
    expect([labelsOf('v-1'), labelsOf('v-2')]).toEqual([['driftloop.quarantined'], ['prod', 'test']]);
  });

  test('stay as they are when nothing has changed', async () => {
    record([release('test', 'v-1', 'a')]);
    await perform();
    const before = registry.requests.length;
    const context = createContext();
    await perform(context);
    expect(context.lines).toEqual([]);
    expect(registry.requests.slice(before).filter((route) => !route.startsWith('GET'))).toEqual([]);
  });

  test('a registry that was down while something was released follows later, also with the version', async () => {
    record([release('test', 'v-1', 'a')]);
    const port = new URL(registryUrl).port;
    registry.stop();
    await expect(perform()).rejects.toThrow(
      `Not all models were followed: jukebox: 127.0.0.1:${port} cannot be reached`,
    );
    registry = new FakeKubeflow();
    registryUrl = await registry.start();
    await perform();
    expect(labelsOf('v-1')).toEqual(['test']);
  });

  test('a repository without records is nothing to follow', async () => {
    git('commit', '--quiet', '--allow-empty', '--message', 'empty');
    await perform();
    expect(registry.requests).toEqual([]);
  });

  test('a record that cannot be read stops the step, and no label is moved', async () => {
    record([release('test', 'v-1', 'a')]);
    put('gitops/releases/prod/other.yaml', 'not: a record\n');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'broken');
    await expect(perform()).rejects.toThrow(
      'releases/prod/other.yaml of the GitOps repository cannot be read',
    );
    expect(registry.requests).toEqual([]);
  });
});
