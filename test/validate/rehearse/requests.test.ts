import { describeObject } from '../../../synth/manifest.js';
import { prepareStage } from '../../../validate/rehearse/stage.js';
import { rehearseOn } from '../../../validate/rehearse/rehearse.js';
import { eventWorkspace } from '../../charts/event-fixture.js';
import { renderAll } from '../good-manifests.js';
import { requestCases } from './event-cases.js';
import { key } from './webhook.js';

const stage = prepareStage(renderAll(eventWorkspace));
const existing = new Set<string>();

test.each(requestCases.map((each) => [each.name, each] as const))(
  'a request with the listener’s form: %s',
  (_, { request, starts }) => {
    const { created, problems } = rehearseOn(stage, request, { token: key, existing });
    for (const run of created) existing.add(describeObject(run));
    expect(problems).toEqual([]);
    expect(created.map(({ metadata }) => metadata.labels?.['driftloop.dev/model'])).toEqual(
      starts ? ['requested'] : [],
    );
  },
);

test('the runs say what started them', () => {
  const runs = requestCases
    .slice(0, 3)
    .flatMap(({ request }) => rehearseOn(stage, request, { token: key }).created);
  expect(runs.map(({ metadata }) => [metadata.name, metadata.labels?.['driftloop.dev/started-by']])).toEqual([
    ['requested-schedule-29345678', 'schedule'],
    ['requested-schedule-29345678', 'schedule'],
    ['requested-manual-ada-2026-11-21', 'manual'],
  ]);
});
