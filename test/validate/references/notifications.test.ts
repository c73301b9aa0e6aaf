import { contains } from '../../../validate/alertmanager/time-intervals.js';
import { rehearse } from '../../../validate/rehearse/rehearse.js';
import { validateReferences } from '../../../validate/references.js';
import { mutate, goodManifests } from '../good-manifests.js';
import type { Changes } from '../good-manifests.js';
import { codesOf } from '../problems.js';

const change = (name: string, changes: Changes) =>
  codesOf(validateReferences(mutate('AlertmanagerConfig', name, changes)));

describe('what silences people never silences a run', () => {
  test.each<[string, Changes]>([
    ['muted', { 'spec.route.routes[0].muteTimeIntervals': ['night'] }],
    ['active only at times', { 'spec.route.routes[0].activeTimeIntervals': ['night'] }],
  ])('a route to the listener that is %s', (_, changes) => {
    const night = { 'spec.muteTimeIntervals': [{ name: 'night', timeIntervals: [{}] }] };
    expect(change('jukebox', { ...changes, ...night })).toEqual(['REFERENCE_RETRAIN_MUTED']);
  });

  test('an inhibition whose target may ask for a run', () => {
    expect(change('jukebox.notify', { 'spec.inhibitRules[0].targetMatch': [] })).toEqual([
      'REFERENCE_OTHER_MODELS',
      'REFERENCE_RETRAIN_MUTED',
    ]);
  });
});

test('an interval that is not there, and an inhibition of alerts that nobody raises', () => {
  expect(change('jukebox.notify', { 'spec.route.routes[0].muteTimeIntervals': ['nigth'] })).toEqual([
    'REFERENCE_TIME_INTERVAL',
  ]);
  expect(
    change('jukebox.notify', { 'spec.inhibitRules[0].sourceMatch[2].value': 'ModelMetricMising' }),
  ).toEqual(['REFERENCE_INHIBITION']);
  const hostile = { name: 'a', matchType: '=~', value: '(' };
  expect(change('jukebox.notify', { 'spec.inhibitRules[0].targetMatch[4]': hostile })).toContain(
    'REFERENCE_MATCHER',
  );
});

describe('a rehearsed message to people', () => {
  const alert = {
    labels: {
      alertname: 'ModelViolation',
      namespace: 'mlops-test',
      driftloop_model: 'jukebox',
      driftloop_environment: 'test',
      driftloop_action: 'notify',
      driftloop_category: 'drift',
      driftloop_detector: 'meanshift',
      severity: 'warning',
    },
    startsAt: '2026-11-21T03:15:00Z',
  };
  const body = JSON.stringify({ receiver: 'mlops-test/jukebox.notify/notify-team-chat', alerts: [alert] });
  const route = (changes: Changes) =>
    rehearse(mutate('AlertmanagerConfig', 'jukebox.notify', changes), { headers: {}, body }).hops[0];

  test('passes, and what could silence it is named', () => {
    const hop = rehearse(goodManifests, { headers: {}, body }).hops[0];
    expect(hop).toMatchObject({ hop: 'route', outcome: 'passed' });
    expect(hop?.detail).toMatch(
      /sends the alert to receiver "notify-team-chat", unless another with .*ModelMetricMissing/,
    );
  });

  test('is not sent at a time when its route is muted', () => {
    const night = { name: 'night', timeIntervals: [{ times: [{ startTime: '01:00', endTime: '05:00' }] }] };
    const changes = {
      'spec.muteTimeIntervals': [night],
      'spec.route.routes[1].muteTimeIntervals': ['night'],
    };
    expect(route(changes)).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('it is muted in "night"') as string,
    });
  });
});

describe('a period holds', () => {
  const saturday = new Date('2026-02-28T23:59:00Z');
  test.each<[string, object, boolean]>([
    ['without conditions', {}, true],
    ['at its day', { weekdays: ['monday:friday', 'saturday'] }, true],
    ['not at another', { weekdays: ['sunday:friday'] }, false],
    ['on the last day of a month', { daysOfMonth: [{ start: -1, end: -1 }] }, true],
    ['beyond the end of a short month', { daysOfMonth: [{ start: 28, end: 31 }] }, true],
    ['in its month, by name and by number', { months: ['january:february'] }, true],
    ['not in another month', { months: ['3:12'] }, false],
    ['in its year', { years: ['2025:2026'] }, true],
    ['to the last minute of the day', { times: [{ startTime: '23:00', endTime: '24:00' }] }, true],
    ['not at its end', { times: [{ startTime: '00:00', endTime: '23:59' }] }, false],
    ['when all conditions do', { weekdays: ['saturday'], months: ['march'] }, false],
  ])('%s', (_, period, expected) => {
    expect(contains(period, saturday)).toBe(expected);
  });
});
