import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { textAt } from '../../../validate/fields.js';
import { makeAlertmanagerYaml } from '../../real/alertmanager-yaml.js';
import { contextOf, errors, everyKind, renderRoutes } from '../alert-fixture.js';
import { expectGolden, goldenFile } from '../expect-golden.js';

interface RouteSpec {
  receiver: string;
  groupBy: string[];
  matchers: { name: string; matchType: string; value: string }[];
  routes: RouteSpec[];
  continue?: boolean;
  repeatInterval?: string;
}

interface Spec {
  route: RouteSpec;
  receivers: {
    name: string;
    webhookConfigs?: Record<string, unknown>[];
    slackConfigs?: Record<string, unknown>[];
  }[];
}

function specOf(object: KubernetesObject): Spec {
  // The test's own view of what was rendered.
  return object.spec as Spec;
}

const spec = specOf(renderRoutes(everyKind));

test('the AlertmanagerConfig is that of the golden file', () => {
  expectGolden('alert-routing.yaml', [renderRoutes(everyKind)]);
});

describe('what the operator makes of it', () => {
  const secret = (name: string, key: string) => `https://stand-in.invalid/${name}/${key}`;

  test("is what the operator's own code makes of it", () => {
    const oracle = readFileSync(goldenFile('alertmanager-of-operator.yaml'), 'utf8');
    expect(parse(makeAlertmanagerYaml([renderRoutes(everyKind)], { secret }))).toEqual(parse(oracle));
  });

  test('a field that the conversion does not know is not left out in silence', () => {
    const object = renderRoutes(everyKind);
    const changed = { ...object, spec: { ...spec, route: { ...spec.route, muteTimeIntervals: ['night'] } } };
    expect(() => makeAlertmanagerYaml([changed], { secret })).toThrow('muteTimeIntervals');
  });
});

describe('routes', () => {
  test('take only alerts of this model in this environment', () => {
    expect(spec.route.matchers).toEqual([
      { name: 'driftloop_model', matchType: '=', value: 'jukebox' },
      { name: 'driftloop_environment', matchType: '=', value: 'test' },
    ]);
    expect(spec.route.receiver).toBe('none');
    expect(spec.receivers[0]).toEqual({ name: 'none' });
  });

  test('only the retrain alert goes to the listener, and is repeated for ever so often', () => {
    const [retrain] = spec.route.routes;
    expect(retrain?.matchers.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'alertname=ModelRetrain',
      'driftloop_action=retrain',
    ]);
    expect(retrain?.repeatInterval).toBe('4h');
    expect(retrain?.groupBy).toEqual(['alertname', 'namespace', 'driftloop_model', 'driftloop_environment']);
  });

  test('every receiver for people gets every alert for people', () => {
    const people = spec.route.routes.filter(({ receiver }) => receiver.startsWith('notify-'));
    expect(people.map((route) => [route.receiver, route.continue ?? false])).toEqual([
      ['notify-archive', true],
      ['notify-team-chat', false],
    ]);
  });

  test('every route has a receiver, and every receiver but none a route', () => {
    const used = spec.route.routes.map(({ receiver }) => receiver);
    expect([spec.route.receiver, ...used]).toEqual(spec.receivers.map(({ name }) => name));
  });

  test('where nothing retrains there is no way to the listener', () => {
    const quiet = JSON.stringify(renderRoutes(contextOf([errors])));
    expect(quiet).not.toContain('retrain');
    expect(quiet).not.toContain('el-driftloop');
  });
});

describe('receivers', () => {
  const retrain = spec.receivers.find(({ name }) => name === 'retrain')?.webhookConfigs?.[0];

  test('a resolved alert is not sent to the listener, nor more than one at a time, nor anywhere else by redirect', () => {
    expect(retrain).toMatchObject({
      url: 'http://el-driftloop.mlops-toolings.svc.cluster.local:8080/',
      sendResolved: false,
      maxAlerts: 1,
      httpConfig: { followRedirects: false },
    });
  });

  test('secrets are referred to and never written out', () => {
    expect(retrain).toMatchObject({
      httpConfig: {
        authorization: { type: 'Bearer', credentials: { name: 'driftloop-token', key: 'token' } },
      },
    });
    const slack = spec.receivers.flatMap(({ slackConfigs }) => slackConfigs ?? []);
    expect(slack).toMatchObject([{ apiURL: { name: 'team-chat', key: 'url' } }]);
    expect(textAt(slack[0], 'apiURL')).toBeUndefined();
  });

  test('people are told when it is over', () => {
    const people = spec.receivers.filter(({ name }) => name.startsWith('notify-'));
    for (const { webhookConfigs, slackConfigs } of people) {
      for (const config of [...(webhookConfigs ?? []), ...(slackConfigs ?? [])]) {
        expect(config.sendResolved).toBe(true);
      }
    }
  });
});
