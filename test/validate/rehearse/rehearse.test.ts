import { labels } from '../../../charts/conventions.js';
import { rehearse } from '../../../validate/rehearse/rehearse.js';
import type { Rehearsal } from '../../../validate/rehearse/rehearse.js';
import { sampleRequests, sampleToken } from '../../../validate/rehearse/sample-requests.js';
import { prepareStage } from '../../../validate/rehearse/stage.js';
import type { SampleRequest } from '../../../validate/rehearse/sample-requests.js';
import { goodManifests, mutate, names, without } from '../good-manifests.js';
import { codesOf } from '../problems.js';

const token = sampleToken;
const run = 'spec.template.spec.resourcetemplates[0]';

function sample(name: string): SampleRequest {
  const found = sampleRequests(prepareStage(goodManifests), 'jukebox', 'test').find(
    (one) => one.name === name,
  );
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found;
}

/** `hop outcome` of the Trigger of test, and of the whole request. */
function trail({ hops }: Rehearsal): readonly string[] {
  return hops
    .filter(({ trigger }) => trigger === undefined || trigger.endsWith(names.trigger))
    .map(({ hop, outcome }) => `${hop} ${outcome}`);
}

describe('a rehearsal', () => {
  const { request } = sample('firing');

  test('leads an alert through every station to one run', () => {
    const rehearsal = rehearse(goodManifests, request, { token });
    expect(trail(rehearsal)).toEqual([
      'route passed',
      'request passed',
      'listener passed',
      'interceptor passed',
      'binding passed',
      'template passed',
      'admission passed',
    ]);
    expect(rehearsal.status).toBe(202);
    expect(rehearsal.problems).toEqual([]);
    expect(rehearsal.created).toHaveLength(1);
    const [created] = rehearsal.created;
    expect(created?.metadata.name).toMatch(/^jukebox.test.[0-9a-f]{16}-20260128081530$/);
    expect(created?.metadata.namespace).toBe('mlops-toolings');
    expect(created?.metadata.labels).toMatchObject({
      [labels.model]: 'jukebox',
      'triggers.tekton.dev/eventlistener': 'driftloop',
    });
  });

  test('is the same each time, and changes nothing', () => {
    const before = JSON.stringify(goodManifests);
    const first = rehearse(goodManifests, request, { token });
    expect(rehearse(goodManifests, request, { token })).toEqual(first);
    expect(JSON.stringify(goodManifests)).toBe(before);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  });

  test('without the Secret fails, as it would in the cluster', () => {
    const rehearsal = rehearse(goodManifests, request);
    expect(rehearsal.created).toEqual([]);
    expect(trail(rehearsal)).toContain('interceptor failed');
    expect(rehearsal.hops.at(-1)?.detail).toContain("failed to find secret 'driftloop-token'");
  });

  test('headers count in any spelling', () => {
    const headers = { AUTHORIZATION: `Bearer ${token} ` };
    expect(rehearse(goodManifests, { ...request, headers }, { token }).created).toHaveLength(1);
    const basic = { authorization: `Basic ${token}` };
    expect(rehearse(goodManifests, { ...request, headers: basic }, { token }).created).toEqual([]);
  });

  test('a run that is there already is refused by the API server', () => {
    const [created] = rehearse(goodManifests, request, { token }).created;
    const existing = new Set([`PipelineRun mlops-toolings/${created?.metadata.name ?? ''}`]);
    const again = rehearse(goodManifests, request, { token, existing });
    expect(again.created).toEqual([]);
    expect(again.hops.at(-1)).toMatchObject({ hop: 'admission', outcome: 'failed' });
    expect(again.hops.at(-1)?.detail).toContain('already exists');
    expect(existing.size).toBe(1);
  });

  test('tells which condition kept a Trigger from taking a request', () => {
    const resolved = rehearse(goodManifests, sample('resolved').request, { token });
    expect(resolved.hops.at(-1)).toMatchObject({
      outcome: 'refused',
      detail: "this is not true: body.status == 'firing'",
    });
  });

  test('says so when a payload is not from our routes, and goes on', () => {
    const foreign = request.body.replace('mlops-test/jukebox/retrain', 'elsewhere/other/webhook');
    const rehearsal = rehearse(goodManifests, { ...request, body: foreign }, { token });
    expect(rehearsal.hops[0]).toMatchObject({ hop: 'route', outcome: 'refused' });
    expect(rehearsal.created).toHaveLength(1);
  });

  test('says so when our route would not have taken the alert', () => {
    const rehearsal = rehearse(goodManifests, sample('other-environment').request, { token });
    expect(rehearsal.hops[0]?.detail).toBe(
      'alerts[0] does not take this route: driftloop_environment="test" does not match "another"',
    );
  });

  test.each(['', 'alert!', '[]', '"text"', '12', '{"a":'])('the body %j is no event', (body) => {
    const rehearsal = rehearse(goodManifests, { headers: {}, body }, { token });
    expect([rehearsal.status, rehearsal.hops.length, rehearsal.created.length]).toEqual([400, 1, 0]);
  });

  test.each([
    'null',
    '{}',
    '{"alerts":{}}',
    '{"version":"4","status":"firing","alerts":null}',
    '{"__proto__":{"version":"4"}}',
  ])('the body %j starts nothing, without a crash', (body) => {
    const rehearsal = rehearse(goodManifests, { headers: request.headers, body }, { token });
    expect([rehearsal.status, rehearsal.created.length]).toEqual([202, 0]);
  });

  test('a huge payload is no trouble', () => {
    const alerts = Array.from({ length: 20_000 }, (_, index) => ({
      status: 'firing',
      labels: { index: `${index}` },
    }));
    const body = JSON.stringify({ version: '4', status: 'firing', alerts });
    expect(rehearse(goodManifests, { headers: request.headers, body }, { token }).created).toEqual([]);
  });

  test('without a listener, or without Triggers, there is a hop that says so', () => {
    expect(rehearse(without('EventListener'), request, { token }).hops.at(-1)).toMatchObject({
      hop: 'listener',
      outcome: 'failed',
    });
    expect(rehearse(without('Trigger'), request, { token }).hops.at(-1)).toMatchObject({
      hop: 'listener',
      outcome: 'failed',
    });
    expect(rehearse([], request, { token }).hops.at(-1)?.detail).toBe('there is no EventListener');
  });

  describe('judges the run', () => {
    test.each([
      ['a param its Pipeline wants is missing', 'TEKTON_PARAM_MISSING', { [`${run}.spec.params`]: [] }],
      ['its Pipeline is not there', 'REFERENCE_PIPELINE', { [`${run}.spec.pipelineRef.name`]: 'absent' }],
      ['it has a field that v1 drops', 'TEKTON_RUN_FIELD', { [`${run}.spec.serviceAccountName`]: 'x' }],
      ['it has a field nobody knows', 'STRUCTURE_UNKNOWN_FIELD', { [`${run}.spec.workspace`]: [] }],
    ])('%s', (_title, code, changes) => {
      const rehearsal = rehearse(mutate('Trigger', names.trigger, changes), request, { token });
      expect(rehearsal.created).toHaveLength(1);
      expect(codesOf(rehearsal.problems)).toContain(code);
    });

    test.each([
      ['both pipelineRef and pipelineSpec', { [`${run}.spec.pipelineSpec`]: { tasks: [] } }],
      ['timeouts that contradict each other', { [`${run}.spec.timeouts.pipeline`]: '1m0s' }],
      ['a name that is too long', { [`${run}.metadata.name`]: `${'a'.repeat(60)}-$(tt.params.fingerprint)` }],
      ['a label with a space', { [`${run}.metadata.labels.note`]: 'two words' }],
      ['a label that is no text', { [`${run}.metadata.labels.note`]: 5 }],
      ['no name', { [`${run}.metadata.name`]: undefined }],
      ['a result among its params', { [`${run}.spec.params[0].value`]: '$(tasks.a.results.b)' }],
    ])('%s is refused on admission', (_title, changes) => {
      const rehearsal = rehearse(mutate('Trigger', names.trigger, changes), request, { token });
      expect(rehearsal.created).toEqual([]);
      expect(rehearsal.hops.at(-1)).toMatchObject({ hop: 'admission', outcome: 'failed' });
    });
  });
});
