import { planUnits } from '../../../../charts/units.js';
import { forgeKinds } from '../../../../config/model-triggers.js';
import { registryFollowerName, schedulerName, verifierName } from '../../../../charts/conventions.js';
import { fieldAt } from '../../../../validate/fields.js';
import { expectGolden } from '../../expect-golden.js';
import { eventWorkspace, pushedTo, requested } from '../../event-fixture.js';
import { objectsOf, pick, render } from '../../workspace-fixture.js';

const units = render(eventWorkspace);
const toolings = units.filter(({ unit }) => unit.name === 'toolings');

test.each(['github', 'bitbucket'])('the Trigger of a push to %s is that of the golden file', (forge) => {
  expectGolden(`push-${forge}.yaml`, [pick(toolings, 'Trigger', `${forge}.event.push`)]);
});

test('schedule, request and both listeners are those of the golden file', () => {
  expectGolden('events.yaml', [
    pick(toolings, 'CronJob', 'retrain-requested'),
    pick(toolings, 'Trigger', 'requested.event.schedule'),
    pick(toolings, 'Role', schedulerName),
    pick(toolings, 'NetworkPolicy', 'driftloop'),
    pick(toolings, 'NetworkPolicy', 'driftloop-events'),
    pick(toolings, 'Ingress', 'driftloop-events'),
  ]);
});

test.each(['objects.s3', 'objects.eventbridge', 'registry.mlflow-version', 'registry.mlflow-alias'])(
  'the Trigger of %s is that of the golden file',
  (name) => {
    const [cause = '', owner = ''] = name.split('.');
    expectGolden(`${cause}-${owner}.yaml`, [pick(toolings, 'Trigger', `${owner}.event.${cause}`)]);
  },
);

test('what verifies the events of MLflow is that of the golden file', () => {
  expectGolden(
    'event-verifier.yaml',
    objectsOf(toolings).filter(
      ({ kind, metadata }) => metadata.name === verifierName || kind === 'Interceptor',
    ),
  );
});

test('what verifies has no token, no way out, and the keys of its senders alone', () => {
  const { spec } = pick(toolings, 'Deployment', verifierName) as { spec?: unknown };
  expect(fieldAt(spec, 'template', 'spec', 'automountServiceAccountToken')).toBe(false);
  expect(fieldAt(pick(toolings, 'NetworkPolicy', verifierName), 'spec', 'egress')).toBeUndefined();
  expect(JSON.stringify(spec)).not.toMatch(/github-webhook|webhook-token/);
});

test('nothing verifies where nobody waits for events of MLflow', () => {
  const models = eventWorkspace.models.filter(({ name }) => !name.startsWith('mlflow'));
  const objects = objectsOf(render({ ...eventWorkspace, models }));
  expect(objects.filter(({ metadata }) => /verifier|mlflow/.test(metadata.name))).toEqual([]);
});

test('only senders outside of the cluster have a path, and without any there is no Ingress', () => {
  const inside = forgeKinds.filter((kind) => kind !== 'github').map((kind) => pushedTo(kind));
  const kinds = objectsOf(render({ ...eventWorkspace, models: inside })).map(({ kind }) => kind);
  expect(kinds).not.toContain('Ingress');
  const ingress = JSON.stringify(pick(toolings, 'Ingress', 'driftloop-events'));
  expect(ingress).not.toMatch(/gitea|"name":"el-driftloop"/);
});

test('the guide of the bootstrap names the Secrets of senders, and the certificate', () => {
  const guide = planUnits(eventWorkspace, new Map())
    .flatMap(({ texts }) => texts ?? [])
    .map(({ text }) => text)
    .join('');
  expect(guide).toContain(
    '- `github-webhook` in `mlops-toolings`: `secret`, what github signs its events with',
  );
  expect(guide).toContain('- `hooks-tls` in `mlops-toolings`: `tls.crt` and `tls.key` of hooks.example.com');
});

test('a schedule has one owner, a time zone, and no run beside another (D-65)', () => {
  const jobs = objectsOf(toolings).filter(
    ({ kind, metadata }) => kind === 'CronJob' && metadata.name !== registryFollowerName,
  );
  expect(jobs).toHaveLength(1);
  expect(jobs[0]).toMatchObject({ spec: { timeZone: 'Europe/Berlin', concurrencyPolicy: 'Forbid' } });
});

test('what asks for scheduled runs can create none itself', () => {
  expect(fieldAt(pick(toolings, 'Role', schedulerName), 'rules')).toEqual([
    { apiGroups: ['tekton.dev'], resources: ['pipelineruns'], verbs: ['get'] },
  ]);
});

test('nothing of events is rendered for a model without triggers', () => {
  const [jukebox] = eventWorkspace.models;
  if (jukebox === undefined) throw new Error('no model');
  const names = objectsOf(render({ ...eventWorkspace, models: [jukebox] })).map(
    ({ metadata }) => metadata.name,
  );
  expect(names.filter((name) => /event|schedul/.test(name))).toEqual([]);
});

test('a model whose triggers have nothing to run gets none', () => {
  const untrained = [pushedTo('github'), requested].map((model) => ({ ...model, training: undefined }));
  const kinds = objectsOf(render({ ...eventWorkspace, models: untrained })).map(({ kind }) => kind);
  expect(kinds.filter((kind) => ['Trigger', 'EventListener', 'CronJob'].includes(kind))).toEqual([]);
});

test('names keep to their limits, and apart from those of environments', () => {
  const long = { ...requested, name: 'x'.repeat(53) };
  const objects = objectsOf(render({ ...eventWorkspace, models: [long] }));
  const cron = objects.find(({ kind }) => kind === 'CronJob');
  expect(cron?.metadata.name.length).toBeLessThanOrEqual(52);
  for (const { metadata } of objects) expect(metadata.name.length).toBeLessThanOrEqual(63);
});
