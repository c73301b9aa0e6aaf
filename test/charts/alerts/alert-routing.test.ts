import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { makeAlertmanagerYaml } from '../../real/alertmanager-yaml.js';
import { everyKind, everyReceiver, renderNotifications, renderRoutes } from '../alert-fixture.js';
import { expectGolden, goldenFile } from '../expect-golden.js';

interface RouteSpec {
  receiver: string;
  groupBy: string[];
  matchers: { name: string; matchType: string; value: string }[];
  routes: RouteSpec[];
  repeatInterval?: string;
}

interface Spec {
  route: RouteSpec;
  receivers: { name: string; webhookConfigs?: Record<string, unknown>[] }[];
}

function specOf(object: KubernetesObject): Spec {
  // The test's own view of what was rendered.
  return object.spec as Spec;
}

const routes = renderRoutes(everyKind);
const spec = specOf(routes);

test('the AlertmanagerConfig is that of the golden file', () => {
  expectGolden('alert-routing.yaml', [routes]);
});

describe('what the operator makes of it', () => {
  const secret = (name: string, key: string) => `https://stand-in.invalid/${name}/${key}`;

  test("is what the operator's own code makes of it", () => {
    const oracle = readFileSync(goldenFile('alertmanager-of-operator.yaml'), 'utf8');
    const configs = [routes, renderNotifications(everyKind)];
    expect(parse(makeAlertmanagerYaml(configs, { secret }))).toEqual(parse(oracle));
  });

  test('so is every kind of receiver', () => {
    const oracle = readFileSync(goldenFile('every-receiver-of-operator.yaml'), 'utf8');
    const written = makeAlertmanagerYaml([renderNotifications(everyReceiver)], { secret });
    expect(parse(written)).toEqual(parse(oracle));
  });

  test('a field that the conversion does not know is not left out in silence', () => {
    const changed = { ...routes, spec: { ...spec, route: { ...spec.route, unheardOf: ['night'] } } };
    expect(() => makeAlertmanagerYaml([changed], { secret })).toThrow('unheardOf');
  });
});

describe('the way to the listener', () => {
  test('takes only alerts of this model in this environment', () => {
    expect(spec.route.matchers).toEqual([
      { name: 'driftloop_model', matchType: '=', value: 'jukebox' },
      { name: 'driftloop_environment', matchType: '=', value: 'test' },
      { name: 'driftloop_action', matchType: '=', value: 'retrain' },
    ]);
    expect(spec.route.receiver).toBe('none');
    expect(spec.receivers[0]).toEqual({ name: 'none' });
  });

  test('is that of the retrain alert alone, which is repeated for ever so often', () => {
    expect(spec.route.routes).toHaveLength(1);
    const [retrain] = spec.route.routes;
    expect(retrain?.matchers.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'alertname=ModelRetrain',
    ]);
    expect(retrain?.repeatInterval).toBe('4h');
    expect(retrain?.groupBy).toEqual(['alertname', 'namespace', 'driftloop_model', 'driftloop_environment']);
  });

  test('needs no Secret of a receiver for people, whose absence would close it', () => {
    expect(JSON.stringify(routes)).not.toMatch(/team-chat|archive|notify/);
  });

  test('a resolved alert is not sent there, nor more than one at a time, nor anywhere else by redirect', () => {
    expect(spec.receivers.find(({ name }) => name === 'retrain')?.webhookConfigs).toEqual([
      {
        url: 'http://el-driftloop.mlops-toolings.svc.cluster.local:8080/',
        sendResolved: false,
        maxAlerts: 1,
        httpConfig: {
          authorization: { type: 'Bearer', credentials: { name: 'driftloop-token', key: 'token' } },
          followRedirects: false,
        },
      },
    ]);
  });
});
