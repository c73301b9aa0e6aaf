import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trainingVariables } from '../../charts/contract.js';
import { signMlflowEvent } from '../../validate/triggers/mlflow-signature.js';
import { program } from './infrastructure.js';
import { apply, eventually, forward, kubectl, list } from './kubectl.js';
import type { ClusterObject, Forward } from './kubectl.js';
import { driftloop } from './platform.js';
import { readSettings } from './settings.js';
import { Timeline } from './timeline.js';
import { commitFile, pushRepository, repositoryUrl } from './workspace.js';

/** Beside the loop's namespaces, with Tekton alone: neither Argo CD nor Prometheus has a part in it. */
const name = `${process.env.DRIFTLOOP_CLUSTER_NAME ?? 'loop'}-events`;
const settings = readSettings({ ...process.env, DRIFTLOOP_CLUSTER_NAME: name });
const { namespaces } = settings;
const timeline = new Timeline();
const directory = mkdtempSync(join(tmpdir(), 'driftloop-events-'));
const source = join(directory, 'jukebox');
const webhookKey = 'correct-horse-battery';
const forwards: Forward[] = [];
let eventsPort: Promise<number> | undefined;

beforeAll(async () => {
  await removeAll();
  await kubectl(['create', 'namespace', namespaces.infrastructure]);
  await apply(
    program(settings, namespaces.infrastructure, 'git', [
      { name: 'GIT_USER', value: settings.gitUser },
      { name: 'GIT_PASSWORD', value: settings.gitPassword },
      {
        name: 'WEBHOOK_URL',
        value: `http://el-driftloop-events.${namespaces.toolings}.svc.cluster.local:8080/events/forge`,
      },
      { name: 'WEBHOOK_KEY', value: webhookKey },
    ]),
  );
  await installToolings();
  timeline.note('git server and both listeners are there');
});

afterAll(async () => {
  for (const each of forwards) each.close();
  rmSync(directory, { recursive: true, force: true });
  if (process.env.DRIFTLOOP_CLUSTER_KEEP !== '1') await removeAll();
});

test('a push, an object, an alias, a scheduled time and a request start exactly one run each', async () => {
  await aPushStartsOneRun();
  await aWriteStartsOneRun();
  await anAliasStartsOneRun();
  await aTimeStartsOneRun();
  await aRequestStartsOneRun();
});

/** What Argo CD would apply, without what is Argo CD's. */
async function installToolings(): Promise<void> {
  const workspace = join(directory, 'platform');
  const dist = join(directory, 'dist');
  writeWorkspace(workspace);
  await driftloop(settings, ['synth', '-C', workspace, '-o', dist]);
  for (const file of ['namespaces', 'listener-rights'])
    await kubectl(['apply', '--server-side', '-f', join(dist, `bootstrap/${file}.k8s.yaml`)]);
  await apply([
    secret('driftloop-webhook-token', { token: settings.token }),
    secret('forge-webhook', { key: webhookKey }),
    secret('store-webhook', { token: webhookKey }),
    secret('registry-webhook', { key: webhookKey }),
    secret('git-credentials', { username: settings.gitUser, password: settings.gitPassword }),
  ]);
  await kubectl(['apply', '--server-side', '--validate=strict', '-f', join(dist, 'toolings')]);
  await suspendSchedule(true);
  for (const listener of ['driftloop', 'driftloop-events'])
    await kubectl([
      '-n',
      namespaces.toolings,
      'wait',
      `eventlistener/${listener}`,
      '--for=condition=Available',
      '--timeout=120s',
    ]);
  const verifier = ['rollout', 'status', 'deployment/driftloop-verifier', '--timeout=120s'];
  await kubectl(['-n', namespaces.toolings, ...verifier]);
  await kubectl(['-n', namespaces.infrastructure, 'rollout', 'status', 'deployment/git', '--timeout=120s']);
}

function writeWorkspace(folder: string): void {
  mkdirSync(join(folder, 'models'), { recursive: true });
  const platform = {
    platform: settings.platform,
    profile: 'kubernetes',
    namespaces: { toolings: namespaces.toolings, monitoring: namespaces.infrastructure },
    environments: { test: { namespace: namespaces.test } },
    images: { steps: settings.stepsImage },
    gitCredentials: 'git-credentials',
    events: {
      forge: {
        kind: 'gitea',
        secret: { name: 'forge-webhook', key: 'key' },
        namespace: namespaces.infrastructure,
      },
      store: {
        kind: 's3',
        secret: { name: 'store-webhook', key: 'token' },
        namespace: namespaces.infrastructure,
      },
      registry: {
        kind: 'mlflow',
        secret: { name: 'registry-webhook', key: 'key' },
        namespace: namespaces.infrastructure,
      },
    },
  };
  const train = `require('fs').writeFileSync(process.env.${trainingVariables.output} + '/metrics.json', '{"accuracy": 0.9}')`;
  const resources = { cpu: '100m', memory: '128Mi' };
  const model = {
    model: 'jukebox',
    source: { repo: repositoryUrl(settings, 'jukebox') },
    training: {
      image: settings.stepsImage,
      command: ['node', '-e', train],
      resources,
      storage: '100Mi',
      cooldown: '0s',
    },
    triggers: {
      push: { repository: 'mlops/jukebox', ignorePaths: ['**/*.md'] },
      objects: { bucket: 'training-data', prefix: 'jukebox/', suffix: '.parquet' },
      registry: { model: 'song-embeddings', alias: 'champion' },
      schedule: { cron: '* * * * *' },
      manual: true,
    },
    gates: { metrics: { accuracy: { min: 0.75 } } },
  };
  writeFileSync(join(folder, 'driftloop.yaml'), JSON.stringify(platform));
  writeFileSync(join(folder, 'models/jukebox.yaml'), JSON.stringify(model));
}

async function aPushStartsOneRun(): Promise<void> {
  const git = await open(namespaces.infrastructure, 'git');
  const url = `http://${settings.gitUser}:${settings.gitPassword}@127.0.0.1:${git}/jukebox.git`;
  mkdirSync(source);
  writeFileSync(join(source, 'train.mjs'), '// first\n');
  const first = pushRepository(source, url);
  const run = await finished('push', 1);
  expect(run.metadata.labels?.['driftloop.dev/commit']).toBe(first);
  expect(resultsOf(run)).toMatchObject({ admitted: 'true', commit: first });
  timeline.note(`the push of ${first} started ${run.metadata.name}, which trained that commit`);

  expect(await (await fetch(`http://127.0.0.1:${git}/redeliver`, { method: 'POST' })).text()).toBe('202');
  commitFile(source, 'README.md', url);
  const second = commitFile(source, 'train.mjs', url);
  await finished('push', 2);
  const commits = (await runs('push')).map(({ metadata }) => metadata.labels?.['driftloop.dev/commit']);
  expect(commits.sort()).toEqual([first, second].sort());
  timeline.note('a repeated delivery and a push of an ignored file started none, the next push one');
}

/** As a store would tell of it, with and without its token. */
async function aWriteStartsOneRun(): Promise<void> {
  const written = readFileSync('test/fixtures/webhooks/s3-created.json', 'utf8');
  const tell = (body: string, token: string) =>
    postEvent('store', body, { Authorization: `Bearer ${token}` });
  await tell(written, 'guessed');
  await tell(written.replaceAll('s3:ObjectCreated:Put', 's3:ObjectRemoved:Delete'), webhookKey);
  await tell(written.replaceAll('.parquet', '.tmp'), webhookKey);
  await tell(written, webhookKey);
  await tell(written, webhookKey);
  await finished('objects', 1);
  const [run, ...others] = await runs('objects');
  expect([run?.metadata.name, others.length]).toEqual(['jukebox-objects-18c9f2a4b0e1d2c3', 0]);
  expect(run?.metadata.labels?.['driftloop.dev/event']).toBe('jukebox-2026-11-songs.parquet');
  timeline.note('an object started one run; repeated, deleted, with another name or token, none');
}

/** As MLflow would sign it: now, long ago, and with another key. */
async function anAliasStartsOneRun(): Promise<void> {
  const set = readFileSync('test/fixtures/webhooks/mlflow-alias.json', 'utf8');
  const tell = (body: string, key = webhookKey, age = 0) => {
    const [delivery, time] = [randomUUID(), String(Math.round(Date.now() / 1000) - age)];
    return postEvent('registry', body, {
      'X-MLflow-Delivery-Id': delivery,
      'X-MLflow-Timestamp': time,
      'X-MLflow-Signature': signMlflowEvent(delivery, time, body, key),
    });
  };
  await tell(set, 'guessed');
  await tell(set, webhookKey, 400);
  await tell(set.replace('champion', 'challenger'));
  await tell(set);
  await tell(set);
  await finished('registry', 1);
  const names = (await runs('registry')).map(({ metadata }) => metadata.name);
  expect(names).toEqual(['jukebox-registry-7-20261121061240']);
  timeline.note('an alias started one run; repeated, old, another one, or signed with another key, none');
}

async function postEvent(sender: string, body: string, headers: Record<string, string>): Promise<void> {
  eventsPort ??= open(namespaces.toolings, 'el-driftloop-events');
  const url = `http://127.0.0.1:${await eventsPort}/events/${sender}`;
  const { status } = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  });
  expect(status).toBe(202);
}

async function aTimeStartsOneRun(): Promise<void> {
  await suspendSchedule(false);
  const run = await finished('schedule', 1);
  await suspendSchedule(true);
  expect(resultsOf(run)).toMatchObject({ admitted: 'true' });
  const jobs = await eventually('the Jobs to end', 120, async () => {
    const all = await list('jobs.batch', namespaces.toolings);
    return all.every(({ status }) => status?.succeeded === 1) && all;
  });
  const times = jobs.map(({ metadata }) => metadata.name.replace('retrain-jukebox-', 'jukebox-schedule-'));
  const names = (await runs('schedule')).map(({ metadata }) => metadata.name);
  expect(names).toEqual(expect.arrayContaining(times));
  expect(new Set(names).size).toBe(names.length);
  timeline.note(`each time started one run: ${names.join(', ')}`);
}

async function aRequestStartsOneRun(): Promise<void> {
  const before = await runs('schedule');
  const id = before[0]?.metadata.name.replace('jukebox-schedule-', '');
  const url = `http://127.0.0.1:${await open(namespaces.toolings, 'el-driftloop')}/`;
  const post = (body: object, token = settings.token) =>
    fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({ model: 'jukebox', ...body }),
    });
  await post({ startedBy: 'schedule', id });
  await post({ startedBy: 'manual', id: 'forged' }, 'guessed');
  await post({ startedBy: 'manual', id: 'by-hand' });
  await post({ startedBy: 'manual', id: 'by-hand' });
  await finished('manual', 1);
  expect((await runs('manual')).map(({ metadata }) => metadata.name)).toEqual(['jukebox-manual-by-hand']);
  expect(await runs('schedule')).toHaveLength(before.length);
  timeline.note('a request started one run; repeated, or with another token, none');
}

async function suspendSchedule(suspend: boolean): Promise<void> {
  const patch = JSON.stringify({ spec: { suspend } });
  await kubectl(['-n', namespaces.toolings, 'patch', 'cronjob', 'retrain-jukebox', '-p', patch]);
}

async function open(namespace: string, service: string): Promise<number> {
  const opened = await forward(namespace, service, 8080);
  forwards.push(opened);
  return opened.port;
}

async function runs(startedBy: string): Promise<ClusterObject[]> {
  const selector = `driftloop.dev/started-by=${startedBy}`;
  const found = await list('pipelineruns.tekton.dev', namespaces.toolings, selector);
  return found.sort((a, b) => (created(a) < created(b) ? -1 : 1));
}

/** So many runs there are, and the last of them has ended well. */
async function finished(startedBy: string, count: number): Promise<ClusterObject> {
  const run = await eventually(`${count} finished by ${startedBy}`, 240, async () => {
    const last = (await runs(startedBy))[count - 1];
    const state = conditions(last).Succeeded;
    return state !== undefined && state !== 'Unknown' && last;
  });
  expect(conditions(run).Succeeded).toBe('True');
  return run;
}

function created({ metadata }: ClusterObject): string {
  return metadata.creationTimestamp ?? '';
}

function conditions(object: ClusterObject | undefined): Record<string, string> {
  const all = (object?.status?.conditions ?? []) as { type: string; status: string }[];
  return Object.fromEntries(all.map(({ type, status }) => [type, status]));
}

function resultsOf({ status }: ClusterObject): Record<string, string> {
  const all = (status?.results ?? []) as { name: string; value: string }[];
  return Object.fromEntries(all.map(({ name: result, value }) => [result, value]));
}

function secret(secretName: string, stringData: object): object {
  const metadata = { name: secretName, namespace: namespaces.toolings };
  return { apiVersion: 'v1', kind: 'Secret', metadata, stringData };
}

async function removeAll(): Promise<void> {
  const gone = ['--ignore-not-found', '--wait=true', '--timeout=180s'];
  const { toolings, test: environment, infrastructure } = namespaces;
  await kubectl(['delete', 'namespace', toolings, environment, infrastructure, ...gone]);
  for (const kind of ['clusterrolebinding', 'clusterrole'])
    await kubectl(['delete', kind, `driftloop-${settings.platform}-listener`, ...gone]);
}
