import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { receivers, runWorkspace } from '../../charts/contract.js';
import { exporter, infrastructure } from './infrastructure.js';
import { apply, eventually, forward, getFromService, kubectl, list } from './kubectl.js';
import type { ClusterObject, Forward } from './kubectl.js';
import {
  applications,
  createSecrets,
  driftloop,
  hasHealthCheck,
  refresh,
  removeEverything,
  removeHealthCheck,
} from './platform.js';
import { readSettings } from './settings.js';
import { Timeline } from './timeline.js';
import { pushRepository, trainInitialModel, writeWorkspace } from './workspace.js';

const settings = readSettings(process.env);
const { namespaces } = settings;
const timeline = new Timeline();
const directory = mkdtempSync(join(tmpdir(), 'driftloop-loop-'));
const workspace = join(directory, 'platform');
let git: Forward | undefined;
let knewListeners = true;

beforeAll(async () => {
  await requirePodSecurityFlag();
  await removeEverything(settings);
  knewListeners = await hasHealthCheck(settings);
  timeline.note('nothing of an earlier run is left');
});

afterAll(async () => {
  git?.close();
  rmSync(directory, { recursive: true, force: true });
  if (process.env.DRIFTLOOP_CLUSTER_KEEP === '1') return;
  await removeEverything(settings);
  if (!knewListeners) await removeHealthCheck(settings);
  timeline.note('everything is removed');
});

test('a drifting metric becomes exactly one run, a release in Git and a new version in test', async () => {
  await startInfrastructure();
  await publishAndBootstrap();
  await waitUntilSynced('Argo CD has synced toolings, test and prod, without a remaining difference');
  await driftStartsOneRun();
  await repeatsStartNoOther();
});

async function startInfrastructure(): Promise<void> {
  await kubectl(['create', 'namespace', namespaces.infrastructure]);
  await apply(infrastructure(settings));
  for (const name of ['git', 'registry']) {
    await kubectl([
      '-n',
      namespaces.infrastructure,
      'rollout',
      'status',
      `deployment/${name}`,
      '--timeout=120s',
    ]);
  }
  timeline.note('git server, registry, Prometheus and Alertmanager are there');
}

async function publishAndBootstrap(): Promise<void> {
  git = await forward(namespaces.infrastructure, 'git', 8080);
  const local = (name: string): string =>
    `http://${settings.gitUser}:${settings.gitPassword}@127.0.0.1:${git?.port ?? 0}/${name}.git`;
  const source = join(directory, 'jukebox');
  cpSync('examples/jukebox/source', source, { recursive: true });
  pushRepository(source, local('jukebox'));
  writeWorkspace(settings, workspace, await pushInitialModel());
  pushRepository(workspace, local('platform'));
  const said = await driftloop(settings, [
    'publish',
    '-C',
    workspace,
    '--to',
    `http://127.0.0.1:${git.port}/gitops.git`,
  ]);
  timeline.note(`published: ${said.trim().split('\n')[0] ?? ''}`);

  const dist = join(directory, 'dist');
  await driftloop(settings, ['synth', '-C', workspace, '-o', dist]);
  await kubectl(['apply', '--server-side', '-f', join(dist, 'bootstrap')]);
  for (const folder of ['applications', 'toolings', 'environments']) {
    await kubectl([
      'apply',
      '--dry-run=server',
      '--validate=strict',
      '--recursive',
      '-f',
      join(dist, folder),
    ]);
  }
  timeline.note('the API server accepts every object, with strict validation');
  await createSecrets(settings);
  await apply([...exporter(settings, namespaces.test), ...exporter(settings, namespaces.prod)]);
  timeline.note('bootstrapped once, secrets created, exporters started');
}

async function pushInitialModel(): Promise<string> {
  const registry = await forward(namespaces.infrastructure, 'registry', 8080);
  try {
    return trainInitialModel(settings, `http://127.0.0.1:${registry.port}`, join(directory, 'output'));
  } finally {
    registry.close();
  }
}

async function waitUntilSynced(what: string): Promise<void> {
  let shown = '';
  let asked = 0;
  await eventually(what, 300, async () => {
    // Argo CD leaves out changes of a status only, so it sees that the listener became ready at its next look.
    if (Date.now() - asked > 10_000) {
      await refresh(settings);
      asked = Date.now();
    }
    const states = await applications(settings);
    const line = states.map(({ name, sync, health }) => `${name} ${sync}/${health}`).join(', ');
    if (line !== shown) timeline.note((shown = line));
    const wanted = ['root', 'toolings', 'test.jukebox', 'prod.jukebox'].map(
      (unit) => `${settings.platform}.${unit}`,
    );
    return (
      wanted.every((name) => states.some((state) => state.name === name)) &&
      states.every(({ sync, health }) => sync === 'Synced' && health === 'Healthy')
    );
  });
  const [listener] = await list('eventlisteners.triggers.tekton.dev', namespaces.toolings);
  expect(conditions(listener).Available).toBe('True');
  timeline.note(what);
}

async function driftStartsOneRun(): Promise<void> {
  await eventually('Prometheus to know the rules and the metric', 180, async () => {
    const answer = await query('driftloop:detector:state');
    return answer.length > 0;
  });
  // Kubelets bring a new configuration to Alertmanager about once a minute.
  await eventually('Alertmanager to know the route', 180, async () => {
    const status = await getFromService(
      namespaces.infrastructure,
      'alertmanager-operated',
      9093,
      '/api/v2/status',
    );
    return status.includes(`${namespaces.test}/jukebox/${receivers.retrain}`);
  });
  expect(await runs()).toHaveLength(0);
  timeline.note('rules and route are loaded, the metric is there, nothing runs');

  const before = await deployedVersion();
  await getFromService(namespaces.test, 'exporter', 8080, '/set?value=0.01');
  timeline.note('the metric of test drifts');
  const [run] = await eventually('a PipelineRun', 180, async () => {
    const found = await runs();
    return found.length > 0 && found;
  });
  timeline.note(`run ${run?.metadata.name ?? ''} was started`);

  const finished = await eventually('the run to finish', 300, async () => {
    const [current] = await runs();
    const succeeded = conditions(current).Succeeded;
    return succeeded !== undefined && succeeded !== 'Unknown' && current;
  });
  timeline.note(`run finished: ${JSON.stringify(finished.status?.results)}`);
  expect(conditions(finished).Succeeded).toBe('True');
  expect(Object.keys(finished.spec ?? {})).toContain('workspaces');
  expect(JSON.stringify(finished.spec?.workspaces)).toContain(runWorkspace);

  await refresh(settings);
  await eventually('the new version in test', 180, async () => {
    const version = await deployedVersion();
    return version !== undefined && version !== before;
  });
  await kubectl(['-n', namespaces.test, 'rollout', 'status', 'deployment/jukebox', '--timeout=120s']);
  timeline.note(`test runs version ${(await deployedVersion()) ?? ''}, released by the run`);
  await waitUntilSynced('Argo CD reports no difference after the release');
}

async function repeatsStartNoOther(): Promise<void> {
  const delivered = await notifications();
  await eventually(
    'Alertmanager to repeat the alert',
    120,
    async () => (await notifications()) >= delivered + 2,
  );
  timeline.note('Alertmanager has repeated the alert twice');

  const listener = await forward(namespaces.toolings, 'el-driftloop', 8080);
  try {
    const url = `http://127.0.0.1:${listener.port}/`;
    const firing = await samplePayload('firing');
    const resolved = await samplePayload('resolved');
    const withToken = { Authorization: `Bearer ${settings.token}`, 'Content-Type': 'application/json' };
    expect((await fetch(url, { method: 'POST', body: resolved, headers: withToken })).status).toBe(202);
    expect((await fetch(url, { method: 'POST', body: firing })).status).toBe(202);
    timeline.note('a resolved alert and a request without the token were posted');
  } finally {
    listener.close();
  }
  await getFromService(namespaces.test, 'exporter', 8080, '/set?value=0.9');
  await eventually('the alert to end', 120, async () => {
    const firing = await query('ALERTS{alertname="ModelRetrain",alertstate="firing"}');
    return firing.length === 0;
  });
  timeline.note('the metric recovered and the alert ended');
  expect((await runs()).map(({ metadata }) => metadata.name)).toHaveLength(1);
  timeline.note('there was exactly one run');
  expect(await query('last_over_time(ALERTS{alertname="ModelRetrainNotStarted"}[1h])')).toHaveLength(0);
  timeline.note('Tekton counted its admit task, so nobody was told that no run had started');
}

/** The payloads `driftloop rehearse` proves, to be posted to the real listener here. */
async function samplePayload(name: string): Promise<string> {
  const args = ['rehearse', 'jukebox', '--env', 'test', '-C', workspace, '--format', 'json'];
  const { samples } = JSON.parse(await driftloop(settings, args)) as {
    samples: { sample: { name: string; request: { body: string } } }[];
  };
  const found = samples.find(({ sample }) => sample.name === name);
  if (found === undefined) throw new Error(`driftloop rehearse has no sample "${name}"`);
  return found.sample.request.body;
}

async function runs(): Promise<ClusterObject[]> {
  return list('pipelineruns.tekton.dev', namespaces.toolings);
}

function conditions(object: ClusterObject | undefined): Record<string, string> {
  const all = (object?.status?.conditions ?? []) as { type: string; status: string }[];
  return Object.fromEntries(all.map(({ type, status }) => [type, status]));
}

async function query(expression: string): Promise<unknown[]> {
  const path = `/api/v1/query?query=${encodeURIComponent(expression)}`;
  const answer = await getFromService(namespaces.infrastructure, 'prometheus-operated', 9090, path);
  return (JSON.parse(answer) as { data: { result: unknown[] } }).data.result;
}

/** How often Alertmanager has posted to the retrain webhook. */
async function notifications(): Promise<number> {
  const metrics = await getFromService(namespaces.infrastructure, 'alertmanager-operated', 9093, '/metrics');
  const match = /^alertmanager_notifications_total\{[^}]*integration="webhook"[^}]*\} (\d+)/m.exec(metrics);
  return Number(match?.[1] ?? 0);
}

async function deployedVersion(): Promise<string | undefined> {
  const [deployment] = (await list('deployments.apps', namespaces.test)).filter(
    ({ metadata }) => metadata.name === 'jukebox',
  );
  const template = deployment?.spec?.template as
    { spec: { containers: { env?: { name: string; value?: string }[] }[] } } | undefined;
  return template?.spec.containers[0]?.env?.find(({ name }) => name === 'MODEL_VERSION')?.value;
}

/** Injected containers comply with Pod Security "restricted" only with Tekton's flag. */
async function requirePodSecurityFlag(): Promise<void> {
  const flags = await kubectl(['-n', 'tekton-pipelines', 'get', 'configmap', 'feature-flags', '-o', 'json']);
  const { data } = JSON.parse(flags) as { data: Record<string, string> };
  if (data['set-security-context'] !== 'true') {
    throw new Error(
      'Set "set-security-context: true" in the ConfigMap tekton-pipelines/feature-flags first.',
    );
  }
}
