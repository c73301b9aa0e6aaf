import { findAlerts } from '../../../validate/alertmanager/alerts.js';
import { indexCluster, kinds } from '../../../validate/cluster.js';
import { listAt, textAt, textMapAt } from '../../../validate/fields.js';
import { rehearseSamples } from '../../../validate/rehearse/rehearse-samples.js';
import { sampleRequests } from '../../../validate/rehearse/sample-requests.js';
import { prepareStage } from '../../../validate/rehearse/stage.js';
import { goodManifests, manyManifests, mutate, names } from '../good-manifests.js';
import { codesOf } from '../problems.js';

const filter = 'spec.interceptors[0].params[0].value';
const run = 'spec.template.spec.resourcetemplates[0]';
const authentic = `header.canonical('Authorization').replace('Bearer ', '').compareSecret('token', 'driftloop-token')`;

function rehearseWith(changes: Readonly<Record<string, unknown>>): readonly string[] {
  const { problems } = rehearseSamples(mutate('Trigger', names.trigger, changes), 'jukebox', 'test');
  return problems.map(({ code, message }) => `${code} ${/"(.*?)"/.exec(message)?.[1] ?? ''}`);
}

describe('sample requests', () => {
  test.each(['test', 'prod'])('all come out as they must in %s', (environment) => {
    const { samples, problems } = rehearseSamples(goodManifests, 'jukebox', environment);
    expect(problems).toEqual([]);
    expect(
      samples.map(
        ({ sample, rehearsal }) => `${sample.name} ${rehearsal.status} ${rehearsal.created.length}`,
      ),
    ).toEqual([
      'firing 202 1',
      'repeated 202 0',
      'next-episode 202 1',
      'resolved 202 0',
      'partly-resolved 202 0',
      'stale 202 0',
      'other-model 202 0',
      'other-environment 202 0',
      'other-namespace 202 0',
      'notify-only 202 0',
      'git-push 202 0',
      'unauthenticated 202 0',
      'wrong-token 202 0',
      'hostile 202 0',
      'not-json 400 0',
      'empty 400 0',
    ]);
  });

  test('carry the labels of the real alert, and none that its expression takes away', () => {
    const rule = indexCluster(goodManifests)
      .ofKind(kinds.prometheusRule)
      .flatMap(({ object }) => listAt(object, 'spec', 'groups'))
      .flatMap((group) => listAt(group, 'rules'))
      .find((each) => textAt(each, 'alert') === 'ModelRetrain');
    const [firing] = sampleRequests(prepareStage(goodManifests), 'jukebox', 'test');
    const [alert] = listAt(JSON.parse(firing?.request.body ?? ''), 'alerts');
    const written = textMapAt(rule, 'labels');
    expect(Object.keys(written)).toContain('driftloop_action');
    expect(textMapAt(alert, 'labels')).toEqual({ ...written, alertname: 'ModelRetrain' });
  });

  test('carry a label of the series that the expression keeps', () => {
    const rules = 'spec.groups[0].rules';
    const kept = { alert: 'Kept', expr: 'max by (job) (up{job="api",zone="a"}) == 0', labels: {} };
    const changed = mutate('PrometheusRule', 'jukebox', { [rules]: [kept] });
    const found = findAlerts(indexCluster(changed).ofKind(kinds.prometheusRule)).find(
      ({ name }) => name === 'Kept',
    );
    expect(found?.labels).toEqual({ alertname: 'Kept', job: 'api' });
  });

  test('also where there are other models', () => {
    for (const model of ['plain', 'served-by-kserve']) {
      expect(rehearseSamples(manyManifests, model, 'prod').problems).toEqual([]);
    }
  });

  test('a model that nothing retrains has none, and that is said', () => {
    expect(sampleRequests(prepareStage(goodManifests), 'absent', 'test')).toEqual([]);
    expect(codesOf(rehearseSamples(goodManifests, 'jukebox', 'staging').problems)).toEqual([
      'REHEARSE_ALERT',
    ]);
  });

  test.each([
    [
      'takes whatever carries the token',
      authentic,
      ['resolved', 'other-model', 'git-push', 'stale'],
      ['firing', 'unauthenticated'],
    ],
    [
      'takes whatever fires',
      "has(body.status) && body.status == 'firing'",
      ['unauthenticated', 'wrong-token', 'other-namespace'],
      ['resolved'],
    ],
  ])('a filter that %s is found out', (_title, text, unwanted, fine) => {
    const found = rehearseWith({
      [filter]: text,
      'spec.interceptors[0].params[1].value': [
        { key: 'fingerprint', expression: "'a'" },
        { key: 'startedAt', expression: "'b'" },
      ],
    });
    const { samples } = rehearseSamples(goodManifests, 'jukebox', 'test');
    const titleOf = (name: string): string =>
      samples.find(({ sample }) => sample.name === name)?.sample.title ?? name;
    for (const name of unwanted) expect(found).toContain(`REHEARSE_RUN_UNWANTED ${titleOf(name)}`);
    for (const name of fine) expect(found).not.toContain(`REHEARSE_RUN_UNWANTED ${titleOf(name)}`);
  });

  test('a name that is the same for every episode is found out', () => {
    expect(rehearseWith({ [`${run}.metadata.name`]: 'retrain' })).toEqual([
      'REHEARSE_RUN_MISSING the alert fires anew',
    ]);
  });

  test('a name that is new for every request is found out', () => {
    expect(rehearseWith({ [`${run}.metadata.name`]: 'retrain-$(uid)' })).toEqual([
      'REHEARSE_RUN_UNWANTED the same alert is sent again',
    ]);
  });

  test('a Trigger that takes nothing is found out', () => {
    expect(rehearseWith({ [filter]: 'false' })).toEqual([
      'REHEARSE_RUN_MISSING the alert fires',
      'REHEARSE_RUN_MISSING the alert fires anew',
    ]);
  });

  test('a run of another model is found out', () => {
    expect(rehearseWith({ [`${run}.metadata.labels`]: { 'driftloop.dev/model': 'other' } })).toEqual([
      'REHEARSE_RUN_WRONG the alert fires',
      'REHEARSE_RUN_WRONG the alert fires anew',
    ]);
  });
});
