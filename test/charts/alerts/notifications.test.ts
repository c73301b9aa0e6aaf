import type { KubernetesObject } from '../../../synth/manifest.js';
import { textAt } from '../../../validate/fields.js';
import {
  contextOf,
  errors,
  everyKind,
  everyReceiver,
  meanshift,
  renderNotifications,
} from '../alert-fixture.js';
import { expectGolden } from '../expect-golden.js';

interface Matcher {
  name: string;
  matchType: string;
  value: string;
}

interface RouteSpec {
  receiver: string;
  groupBy: string[];
  matchers?: Matcher[];
  routes: RouteSpec[];
  continue?: boolean;
}

interface Spec {
  route: RouteSpec;
  receivers: {
    name: string;
    webhookConfigs?: Record<string, unknown>[];
    slackConfigs?: Record<string, unknown>[];
  }[];
  inhibitRules: { sourceMatch: Matcher[]; targetMatch: Matcher[]; equal: string[] }[];
}

function specOf(object: KubernetesObject): Spec {
  // The test's own view of what was rendered.
  return object.spec as Spec;
}

const spec = specOf(renderNotifications(everyKind));
const write = (matchers: readonly Matcher[] = []) =>
  matchers.map(({ name, matchType, value }) => `${name}${matchType}${value}`);

test('the AlertmanagerConfig is that of the golden file', () => {
  expectGolden('notifications.yaml', [renderNotifications(everyKind)]);
});

test('every kind of receiver, filter and time is that of the golden file', () => {
  expectGolden('notifications-every-receiver.yaml', [renderNotifications(everyReceiver)]);
});

describe('routes to people', () => {
  test('take only alerts for people, of this model in this environment', () => {
    expect(write(spec.route.matchers)).toEqual([
      'driftloop_model=jukebox',
      'driftloop_environment=test',
      'driftloop_action=notify',
    ]);
    expect(spec.route.receiver).toBe('none');
  });

  test('every receiver gets every alert', () => {
    expect(spec.route.routes.map((route) => [route.receiver, route.continue ?? false])).toEqual([
      ['notify-archive', true],
      ['notify-team-chat', false],
    ]);
  });

  test('every route has a receiver, and every receiver but none a route', () => {
    const used = spec.route.routes.map(({ receiver }) => receiver);
    expect([spec.route.receiver, ...used]).toEqual(spec.receivers.map(({ name }) => name));
  });

  test('one message is about one kind and urgency, however many detectors are violated', () => {
    expect(spec.route.groupBy.slice(-2)).toEqual(['driftloop_category', 'severity']);
    expect(spec.route.groupBy).not.toContain('driftloop_detector');
    expect(JSON.stringify(spec.route.routes)).not.toContain('groupBy');
  });
});

describe('receivers', () => {
  test('secrets are referred to and never written out', () => {
    const slack = spec.receivers.flatMap(({ slackConfigs }) => slackConfigs ?? []);
    expect(slack).toMatchObject([{ apiURL: { name: 'team-chat', key: 'url' } }]);
    expect(textAt(slack[0], 'apiURL')).toBeUndefined();
  });

  test('people are told when it is over', () => {
    const configs = spec.receivers.flatMap(({ webhookConfigs, slackConfigs }) => [
      ...(webhookConfigs ?? []),
      ...(slackConfigs ?? []),
    ]);
    expect(configs.map(({ sendResolved }) => sendResolved)).toEqual([true, true]);
  });
});

describe('inhibition', () => {
  const critical = { ...meanshift, name: 'far', severity: 'critical' as const };
  const rulesOf = (...detectors: (typeof meanshift)[]) =>
    specOf(renderNotifications(contextOf(detectors))).inhibitRules;

  test('a missing metric silences the violation of the same detector, and no other', () => {
    const [rule] = rulesOf(meanshift);
    expect(write(rule?.sourceMatch)).toContain('alertname=ModelMetricMissing');
    expect(write(rule?.targetMatch)).toContain('alertname=ModelViolation');
    expect(rule?.equal).toEqual(['driftloop_detector']);
  });

  test.each([{ actions: ['retrain' as const] }, { actions: [] }])(
    'nothing is silenced when nobody is told: %j',
    ({ actions }) => {
      expect(rulesOf({ ...meanshift, actions })).toBeUndefined();
    },
  );

  test('what is critical silences warnings of its kind; the service says nothing about drift', () => {
    const [, rule] = rulesOf(meanshift, critical);
    expect(write(rule?.sourceMatch)).toContain('severity=critical');
    expect(write(rule?.targetMatch)).toContain('severity=warning');
    expect(rule?.equal).toEqual(['driftloop_category']);
    expect(rulesOf(meanshift, { ...errors, severity: 'critical' })).toHaveLength(1);
    expect(rulesOf(critical)).toHaveLength(1);
  });

  test('no rule can reach an alert that starts a run, another model or another environment', () => {
    for (const { sourceMatch, targetMatch } of rulesOf(meanshift, critical)) {
      expect(write(targetMatch)).toContain('driftloop_action=notify');
      for (const matchers of [sourceMatch, targetMatch])
        expect(write(matchers).slice(0, 2)).toEqual([
          'driftloop_model=jukebox',
          'driftloop_environment=test',
        ]);
    }
  });
});
