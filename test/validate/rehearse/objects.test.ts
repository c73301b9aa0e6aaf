import { describeObject } from '../../../synth/manifest.js';
import { fieldAt } from '../../../validate/fields.js';
import { rehearseOn } from '../../../validate/rehearse/rehearse.js';
import { prepareStage } from '../../../validate/rehearse/stage.js';
import { eventWorkspace } from '../../charts/event-fixture.js';
import { renderAll } from '../good-manifests.js';
import { objectCases } from './object-cases.js';
import { key, webhook } from './webhook.js';

const stage = prepareStage(renderAll(eventWorkspace));

function runOf(name: string, kind: string) {
  const found = objectCases.find((each) => each.name === name && each.kind === kind);
  const [run] = rehearseOn(stage, found?.request ?? { headers: {}, body: '' }, { token: key }).created;
  return run;
}

test('the run trains the newest commit, and says which object it was', () => {
  const run = runOf('captured', 's3');
  expect(run?.metadata.name).toBe('s3-objects-18c9f2a4b0e1d2c3');
  expect(run?.metadata.labels).toMatchObject({
    'driftloop.dev/started-by': 'objects',
    'driftloop.dev/environment': 'test',
    'driftloop.dev/event': 'jukebox-2026-11-songs.parquet',
  });
  expect(fieldAt(run, 'spec', 'params')).toEqual([{ name: 'environment', value: 'test' }]);
  expect(runOf('captured', 'eventbridge')?.metadata.name).toBe('eventbridge-objects-00617f08299329d189');
});

test.each([
  ['key-of-another-alphabet', 'jukebox-2026--ber-Lieder.parquet'],
  ['D35-key-with-variable', 'jukebox-2026---context.pipelineRun.name-.parquet'],
  ['long-key', `jukebox-2026-${'x'.repeat(50)}`],
])('of the key in %s no more is kept than a label can hold', (name, label) => {
  for (const kind of ['s3', 'eventbridge'])
    expect(runOf(name, kind)?.metadata.labels?.['driftloop.dev/event']).toBe(label);
});

test('a message that is sent again is refused, a second write of the object is not', () => {
  const first = runOf('captured', 's3');
  if (first === undefined) throw new Error('no run');
  const existing = new Set([describeObject(first)]);
  const again = rehearseOn(stage, webhook('s3-created'), { token: key, existing });
  expect(again.created).toEqual([]);
  const later = webhook('s3-created', { 'Records.0.s3.object.sequencer': '18C9F2A4B0E1D2C4' });
  expect(rehearseOn(stage, later, { token: key, existing }).created).toHaveLength(1);
});

test("the events of others are refused, and break no store's Trigger", () => {
  for (const name of ['github-push', 'gitlab-push', 'bitbucket-push']) {
    const { hops } = rehearseOn(stage, webhook(name), { token: key });
    const own = hops.filter(({ trigger }) => trigger?.endsWith('.event.objects'));
    expect(own.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
  }
});
