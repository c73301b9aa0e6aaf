import type { KubernetesObject } from '../../../synth/manifest.js';
import { describeObject } from '../../../synth/manifest.js';
import { fieldAt } from '../../../validate/fields.js';
import { prepareStage } from '../../../validate/rehearse/stage.js';
import { rehearseOn } from '../../../validate/rehearse/rehearse.js';
import { validateManifests } from '../../../validate/validate.js';
import { eventWorkspace } from '../../charts/event-fixture.js';
import { renderAll } from '../good-manifests.js';
import { eventCases } from './event-cases.js';
import { registryCases } from './registry-cases.js';
import { key, webhook } from './webhook.js';

const manifests = renderAll(eventWorkspace);
const stage = prepareStage(manifests);

test('what is rendered for pushes is without fault', () => {
  expect(validateManifests(manifests)).toEqual([]);
});

test.each([...eventCases, ...registryCases].map((each) => [each.kind, each.name, each] as const))(
  'a push to %s: %s',
  (kind, _, { request, starts }) => {
    const { created, problems, status } = rehearseOn(stage, request, { token: key });
    expect(status).toBe(202);
    expect(problems).toEqual([]);
    expect(created.map(({ metadata }) => metadata.labels?.['driftloop.dev/model'])).toEqual(
      starts ? [kind] : [],
    );
    for (const run of created) expect(textsOf(run)).not.toMatch(/\$\(|stranger|clone_url|[A-Z]{40}/);
  },
);

/** What of a run may come from the event: name, labels and params. */
function textsOf({ metadata, spec }: KubernetesObject & { readonly spec?: unknown }): string {
  return JSON.stringify([metadata, fieldAt(spec, 'params')]);
}

test('the run trains the pushed commit of the pushed branch, and says where it comes from (D22)', () => {
  const [run] = rehearseOn(stage, webhook('github-push'), { token: key }).created;
  const commit = '9f2c4b7d1e6a8035c4d9b0f7a3e2516d8c0b4a97';
  expect(run?.metadata.name).toBe('github-push-9f2c4b7d1e6a8035-17c5e0b2a4d6f8');
  expect(run?.metadata.labels).toMatchObject({
    'driftloop.dev/started-by': 'push',
    'driftloop.dev/environment': 'test',
    'driftloop.dev/commit': commit,
    'driftloop.dev/event': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  });
  expect(fieldAt(run, 'spec', 'params')).toEqual([
    { name: 'environment', value: 'test' },
    { name: 'branch', value: 'main' },
    { name: 'commit', value: commit },
  ]);
});

test('new data starts a run that says so', () => {
  const data = eventCases.find(({ name }) => name === 'new-data');
  const { created } = rehearseOn(stage, data?.request ?? { headers: {}, body: '' }, { token: key });
  expect(created.map(({ metadata }) => metadata.labels?.['driftloop.dev/started-by'])).toEqual(['data']);
});

test('a delivery that is repeated is refused, and so is another webhook about the same push', () => {
  const [run] = rehearseOn(stage, webhook('gitlab-push'), { token: key }).created;
  if (run === undefined) throw new Error('no run');
  const existing = new Set([describeObject(run)]);
  const again = webhook('gitlab-push', {}, { 'X-Gitlab-Event-UUID': 'another' });
  const { created, hops } = rehearseOn(stage, again, { token: key, existing });
  expect(created).toEqual([]);
  expect(hops.find(({ hop }) => hop === 'admission')?.detail).toMatch(/already exists/);
});

test('a branch that is pushed back to an older commit is trained again', () => {
  const [first] = rehearseOn(stage, webhook('gitea-push'), { token: key }).created;
  const back = webhook('gitea-push', { before: 'f'.repeat(40) });
  const existing = new Set(first === undefined ? [] : [describeObject(first)]);
  expect(rehearseOn(stage, back, { token: key, existing }).created).toHaveLength(1);
});

test.each(['$(id)', 'a b', 'x'.repeat(64), '"},{"name":"x'])('the delivery id "%s" is left out', (id) => {
  const request = webhook('github-push', {}, { 'X-GitHub-Delivery': id });
  const [run] = rehearseOn(stage, request, { token: key }).created;
  expect(run?.metadata.labels?.['driftloop.dev/event']).toBe('');
});

test('the listener of alerts does not run the Triggers of pushes, nor the other way round', () => {
  const listeners = manifests.filter(({ object }) => object.kind === 'EventListener');
  const run = listeners.map((listener) =>
    stage.triggersOf(listener).map(({ name }) => /\.event\.(push|data|objects|registry)$/.test(name)),
  );
  expect(run.map((flags) => new Set(flags).size)).toEqual([1, 1]);
});
