import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { planUnits } from '../../charts/units.js';
import { loadWorkspace } from '../../config/load-workspace.js';
import { publish } from '../../gitops/publish/publish.js';
import type { Selection } from '../../gitops/plan/selection.js';
import { describeSourceCommit } from '../../gitops/git/source-commit.js';
import type { KubernetesApi } from '../../steps/kubernetes-api.js';
import { evaluate } from '../../steps/evaluate.js';
import { release } from '../../steps/release.js';
import { renderUnits } from '../../synth/render.js';
import { startGitServer } from '../real/git-server.js';
import { metricGates } from '../gates.js';
import { createContext } from './context.js';
import { FakeApi } from './fake-api.js';

const digest = 'a'.repeat(64);
const image = `oci://registry.example.com/jukebox/model@sha256:${digest}`;

let directory: string;
let fake: FakeApi;
let api: KubernetesApi;

const at = (...names: string[]) => join(directory, ...names);
const url = (name: string) => `file://${at(name)}`;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'driftloop-release-'));
  fake = new FakeApi();
  api = await fake.start();
  fake.putRun('jukebox-test-1', 'Unknown', '2026-11-21T02:10:26Z');
  fake.putRun('jukebox-test-2', 'Unknown', '2026-11-21T03:00:00Z');
  for (const bare of ['platform.git', 'gitops.git'])
    git('.', 'init', '--quiet', '--bare', '--initial-branch=main', bare);
  git('.', 'clone', '--quiet', url('platform.git'), 'platform');
  const isInput = (path: string) => !/(\.driftloop|rendered|source|payloads)$/.test(path);
  cpSync(new URL('../../examples/jukebox', import.meta.url).pathname, at('platform/loop'), {
    recursive: true,
    filter: isInput,
  });
  commitPlatform('first');
  train({ accuracy: 0.93, other: 'text', dataSnapshot: 'holdout-1' }, image);
  await judge();
});

afterEach(async () => {
  await fake.stop();
  rmSync(directory, { recursive: true });
});

function git(where: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  return execFileSync('git', ['-C', at(where), ...identity, ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();
}

function commitPlatform(message: string): string {
  git('platform', 'add', '--all');
  git('platform', 'commit', '--quiet', '--message', message);
  git('platform', 'push', '--quiet', 'origin', 'HEAD:main');
  return git('platform', 'rev-parse', 'HEAD');
}

function train(metrics: unknown, reference: unknown): void {
  mkdirSync(at('volume/output'), { recursive: true });
  writeFileSync(at('volume/output/metrics.json'), JSON.stringify(metrics));
  writeFileSync(at('volume/output/model.json'), JSON.stringify({ image: reference }));
}

/** What `evaluate` leaves of the metrics of the training. */
async function judge(): Promise<void> {
  const gates = metricGates({ metric: 'accuracy', min: 0.75, max: undefined });
  const request = { model: 'jukebox', gates, targetRepository: 'none', targetBranch: 'main' };
  await evaluate.perform(request, createContext({ workspace: at('volume') }));
}

/** Reads, changes and writes back one file of the workspace. */
function edit(file: string, change: (text: string) => string): void {
  const path = at('platform/loop', file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

const setReplicas = (count: number) => (text: string) => text.replace(/replicas: \d+/g, `replicas: ${count}`);

async function publishAll(selection: Selection = {}, target = url('gitops.git')): Promise<void> {
  const workspace = loadWorkspace(at('platform/loop')).value;
  if (workspace === undefined) throw new Error('the example does not load');
  const published = await publish({
    workspace,
    source: await describeSourceCommit(at('platform/loop')),
    remote: { url: target, credentials: undefined },
    branch: 'main',
    selection,
    render: (releases) => ({ value: renderUnits(planUnits(workspace, releases)), problems: [] }),
  });
  expect(published.problems).toEqual([]);
}

const request = {
  model: 'jukebox',
  environment: 'test',
  run: 'jukebox-test-1',
  commit: 'c'.repeat(40),
  image: 'trained',
  targetBranch: 'main',
  sourceBranch: 'main',
  sourcePath: 'loop',
};

const repositories = () => ({ targetRepository: url('gitops.git'), sourceRepository: url('platform.git') });

function perform(changes: Partial<typeof request & ReturnType<typeof repositories>> = {}) {
  const context = createContext({ api, workspace: at('volume') });
  return release.perform({ ...request, ...repositories(), ...changes }, context);
}

const leases = () => [...fake.objects.keys()].filter((key) => key.startsWith('leases/'));
const readTarget = (path: string) => git('gitops.git', 'show', `main:${path}`);
const commitsOfTarget = () => git('gitops.git', 'rev-list', '--count', 'main');

test('a release is one commit with record and rendered unit, and the Lease remembers it', async () => {
  await publishAll();
  const before = git('gitops.git', 'rev-parse', 'main');
  const results = await perform();
  expect(results).toEqual({
    version: '20261121021026-ccccccc',
    image,
    commit: git('gitops.git', 'rev-parse', 'main'),
  });
  expect(git('gitops.git', 'rev-parse', 'main~1')).toBe(before);
  const files = git('gitops.git', 'diff', '--name-only', before, 'main').split('\n');
  expect(files).toContain('releases/test/jukebox.yaml');
  expect(files).toContain('environments/test/jukebox/model-serving.k8s.yaml');
  expect(files.filter((file) => file.includes('prod') || file.startsWith('toolings'))).toEqual([]);
  expect(readTarget('environments/test/jukebox/model-serving.k8s.yaml')).toContain(digest);
  expect(parse(readTarget('releases/test/jukebox.yaml'))).toMatchObject({
    version: '20261121021026-ccccccc',
    image,
    by: 'jukebox-test-1',
    commit: 'c'.repeat(40),
    metrics: { accuracy: 0.93 },
    gates: { accuracy: { wanted: 'at least 0.75', outcome: 'passed' } },
    dataSnapshot: 'holdout-1',
  });
  expect(fake.objects.get('leases/driftloop-jukebox')?.metadata.annotations).toEqual({
    'driftloop.dev/released-at': '2026-11-21T10:00:00.000Z',
    'driftloop.dev/released-version': '20261121021026-ccccccc',
  });
});

test('an attempt after a crash between push and Lease adds no commit, and still tells the Lease', async () => {
  await publishAll();
  const refusal = { status: 500, body: '{"message": "etcd is gone"}' };
  fake.before = (line) => (fake.refusal = line.includes('leases') ? refusal : undefined);
  await expect(perform()).rejects.toThrow('etcd is gone');
  fake.before = () => (fake.refusal = undefined);
  const count = commitsOfTarget();
  expect((await perform()).version).toBe('20261121021026-ccccccc');
  expect(commitsOfTarget()).toBe(count);
  expect(fake.objects.has('leases/driftloop-jukebox')).toBe(true);
});

test('what a rollback pinned is not replaced by what is trained, and the run says so', async () => {
  await publishAll();
  await perform();
  const record = readTarget('releases/test/jukebox.yaml');
  const pinned = `${record}\npinned:\n  at: 2026-11-21T02:30:00Z\n  by: ada\n  insteadOf: "1"\n`;
  git('.', 'clone', '--quiet', url('gitops.git'), 'gitops');
  writeFileSync(at('gitops/releases/test/jukebox.yaml'), pinned);
  git('gitops', 'commit', '--quiet', '--all', '--message', 'pinned');
  git('gitops', 'push', '--quiet');
  const count = commitsOfTarget();
  await expect(perform({ run: 'jukebox-test-2' })).rejects.toThrow(
    /GITOPS_RELEASE_PINNED: test is pinned to version/,
  );
  expect(commitsOfTarget()).toBe(count);
});

test('a change of the workspace that nobody published does not travel with a release', async () => {
  await publishAll();
  const published = git('platform', 'rev-parse', 'HEAD');
  writeFileSync(at('platform/loop/driftloop.yaml'), 'platform: broken\n');
  commitPlatform('not published');
  await perform();
  expect(readTarget('environments/test/hydrator.metadata')).toContain(published);
});

test('a change that was published for another model alone does not travel with a release', async () => {
  cpSync(at('platform/loop/models/jukebox.yaml'), at('platform/loop/models/radio.yaml'));
  edit('models/radio.yaml', (text) => text.replace('model: jukebox', 'model: radio'));
  const first = commitPlatform('two models');
  await publishAll();
  edit('models/jukebox.yaml', setReplicas(7));
  edit('models/radio.yaml', setReplicas(7));
  const second = commitPlatform('more of both');
  await publishAll({ models: ['radio'] });
  await perform();
  expect(readTarget('environments/test/jukebox/model-serving.k8s.yaml')).toContain('replicas: 1\n');
  expect(readTarget('environments/test/radio/model-serving.k8s.yaml')).toContain('replicas: 7\n');
  const { units, source } = JSON.parse(readTarget('.driftloop/owned.json')) as {
    source: string;
    units: Record<string, { source?: string } | undefined>;
  };
  expect([source, units['test/jukebox']?.source, units['test/radio']?.source]).toEqual([
    first,
    undefined,
    second,
  ]);
});

test('the first release of a model that had nothing in its environment makes Argo CD deliver it', async () => {
  edit('models/jukebox.yaml', (text) => {
    const model = parse(text) as { drift: unknown; serving: { initial?: unknown }; environments: object };
    const { drift, ...rest } = model;
    delete rest.serving.initial;
    return stringify({ ...rest, environments: { ...rest.environments, prod: { drift } } });
  });
  commitPlatform('nothing in test before a release');
  await publishAll();
  const application = 'applications/mlops.test.jukebox.k8s.yaml';
  const before = git('gitops.git', 'ls-tree', '-r', '--name-only', 'main').split('\n');
  expect(before.filter((path) => path.includes('test/jukebox') || path === application)).toEqual([]);
  await perform();
  const change = git('gitops.git', 'diff', '--name-status', 'main~1', 'main').split('\n');
  expect(change).toContain(`A\t${application}`);
  expect(change).toContain('A\tenvironments/test/jukebox/model-serving.k8s.yaml');
  expect(change.filter((line) => !/^A\t|owned\.json$/.test(line))).toEqual([]);
  expect(parse(readTarget(application))).toMatchObject({
    kind: 'Application',
    spec: { source: { path: 'environments/test/jukebox' } },
  });
  const count = commitsOfTarget();
  await publishAll();
  expect(commitsOfTarget()).toBe(count);
});

describe('while somebody publishes', () => {
  /** Serves the target; each push of the first ones finds that something was published in between. */
  async function race(times: number): Promise<{ outcome: Promise<unknown>; replicas: () => number }> {
    let published = 0;
    const server = await startGitServer({
      onRequest: async ({ method, path }) => {
        if (method !== 'POST' || !path.endsWith('git-receive-pack') || published === times) return;
        published += 1;
        edit('models/jukebox.yaml', setReplicas(10 + published));
        commitPlatform(`change ${published}`);
        await publishAll({}, join(server.root, 'gitops.git'));
      },
    });
    const served = server.create('gitops.git');
    await publishAll({}, join(server.root, 'gitops.git'));
    const outcome = perform({ targetRepository: served }).finally(async () => {
      rmSync(at('gitops.git'), { recursive: true });
      cpSync(join(server.root, 'gitops.git'), at('gitops.git'), { recursive: true });
      await server.close();
    });
    return { outcome, replicas: () => 10 + published };
  }

  test('a release is prepared again, so that neither undoes the other', async () => {
    const { outcome, replicas } = await race(1);
    await outcome;
    const serving = readTarget('environments/test/jukebox/model-serving.k8s.yaml');
    expect(serving).toContain(digest);
    expect(serving).toContain(`replicas: ${replicas()}\n`);
    expect(replicas()).toBe(11);
  });

  test('all the time, a release gives up after five attempts, with nothing written', async () => {
    const { outcome, replicas } = await race(8);
    await expect(outcome).rejects.toThrow('GITOPS_SOURCE_MOVED: jukebox in test was published from commit');
    expect(replicas()).toBe(15);
    expect(git('gitops.git', 'log', '--format=%s', 'main')).not.toContain('release(');
    expect(leases()).toEqual([]);
  });
});

test('a commit that was published but never pushed is told', async () => {
  await publishAll();
  edit('models/jukebox.yaml', setReplicas(3));
  git('platform', 'commit', '--quiet', '--all', '--message', 'stays here');
  await publishAll();
  const commit = git('platform', 'rev-parse', 'HEAD');
  await expect(perform()).rejects.toThrow(
    `Commit ${commit}, which the GitOps repository was published from, is not on branch main of ${url('platform.git')}: push it there.`,
  );
});

test('a training without a digest releases nothing', async () => {
  await publishAll();
  const count = commitsOfTarget();
  train({ accuracy: 0.93 }, 'oci://registry.example.com/jukebox/model:latest');
  await expect(perform()).rejects.toThrow('model.json must be');
  expect(commitsOfTarget()).toBe(count);
  expect(leases()).toEqual([]);
});

test('an environment that was never published is told, and stays empty', async () => {
  await expect(perform()).rejects.toThrow(
    /^test was never published to file:.* from a commit: publish it once\.$/,
  );
  expect(git('gitops.git', 'for-each-ref')).toBe('');
});

test('a model that the published workspace does not know is told with the known ones', async () => {
  await publishAll();
  await expect(perform({ model: 'other' })).rejects.toThrow(
    'GITOPS_RELEASE_UNKNOWN: the workspace has no model "other".',
  );
});

test('a wrong folder of the workspace is told as a problem of the input', async () => {
  await publishAll();
  await expect(perform({ sourcePath: 'elsewhere' })).rejects.toThrow(/^[A-Z]+_[A-Z_]+: /);
});

test('what others pushed meanwhile is kept', async () => {
  await publishAll();
  git('.', 'clone', '--quiet', url('gitops.git'), 'other');
  writeFileSync(at('other/NOTES.md'), 'kept');
  git('other', 'add', '--all');
  git('other', 'commit', '--quiet', '--message', 'notes');
  git('other', 'push', '--quiet', 'origin', 'HEAD:main');
  await perform();
  expect(readTarget('NOTES.md')).toBe('kept');
});

test('two releases at once both arrive, one after the other', async () => {
  await publishAll();
  await Promise.all([perform(), perform({ run: 'jukebox-test-2' })]);
  expect(git('gitops.git', 'log', '--format=%s', '-2', 'main').split('\n').sort()).toEqual([
    'release(test/jukebox): version 20261121021026-ccccccc',
    'release(test/jukebox): version 20261121030000-ccccccc',
  ]);
});
