import { describeObject } from '../../../synth/manifest.js';
import { fieldAt } from '../../../validate/fields.js';
import { rehearseOn } from '../../../validate/rehearse/rehearse.js';
import { prepareStage } from '../../../validate/rehearse/stage.js';
import { eventWorkspace } from '../../charts/event-fixture.js';
import { renderAll } from '../good-manifests.js';
import { key, webhook } from './webhook.js';

const stage = prepareStage(renderAll(eventWorkspace));

test.each([
  ['version', 'mlflow-version-registry-7'],
  ['alias', 'mlflow-alias-registry-7-20261121061240'],
  ['tag', 'mlflow-tag-registry-7-20261121061240'],
])('the run of an event about a %s says which version it was', (kind, name) => {
  const [run] = rehearseOn(stage, webhook(`mlflow-${kind}`), { token: key }).created;
  expect(run?.metadata.name).toBe(name);
  expect(run?.metadata.labels).toMatchObject({
    'driftloop.dev/started-by': 'registry',
    'driftloop.dev/environment': 'test',
    'driftloop.dev/event': 'song-embeddings-7',
  });
  expect(fieldAt(run, 'spec', 'params')).toEqual([{ name: 'environment', value: 'test' }]);
});

test('two webhooks about one version ask for one run', () => {
  const [run] = rehearseOn(stage, webhook('mlflow-version'), { token: key }).created;
  if (run === undefined) throw new Error('no run');
  const other = { 'X-MLflow-Delivery-Id': '11111111-2222-4333-8444-555555555555' };
  const again = webhook('mlflow-version', { timestamp: '2026-11-21T06:12:41.000000+00:00' }, other);
  const existing = new Set([describeObject(run)]);
  const { created, hops } = rehearseOn(stage, again, { token: key, existing });
  expect(created).toEqual([]);
  expect(hops.find(({ hop }) => hop === 'admission')?.detail).toMatch(/already exists/);
});

test('an alias that comes back to a version starts another run', () => {
  const [run] = rehearseOn(stage, webhook('mlflow-alias'), { token: key }).created;
  const later = webhook('mlflow-alias', { timestamp: '2026-11-22T08:00:00.000000+00:00' });
  const existing = new Set(run === undefined ? [] : [describeObject(run)]);
  expect(rehearseOn(stage, later, { token: key, existing }).created).toHaveLength(1);
});

test('the test event of MLflow, which is about an example, starts nothing', () => {
  const example = { 'data.name': 'example_model', 'data.version': '1' };
  expect(rehearseOn(stage, webhook('mlflow-version', example), { token: key }).created).toEqual([]);
});

test('a signature of another sender is none', () => {
  const { created } = rehearseOn(stage, webhook('mlflow-version'), { token: 'another-key' });
  expect(created).toEqual([]);
});
