import { planAudience } from '../../config/audience.js';
import type { Receiver } from '../../config/model.js';
import { meansModel } from '../../config/values/receivers.js';
import { errors, everyReceiver, jukebox, meanshift, receiver } from '../charts/alert-fixture.js';

const target = { kind: 'slack', apiUrl: { name: 'a', key: 'url' }, channel: '#a' } as const;
const named = (name: string, more: Partial<Receiver> = {}) => receiver(name, target, more);

function hear(receivers: readonly Receiver[], detectors = [meanshift]) {
  const { listeners, unheard } = planAudience(receivers, jukebox.model, { ...jukebox.deployment, detectors });
  return { told: listeners.map((each) => each.receiver.name), listeners, unheard };
}

test('without filters everybody is told everything', () => {
  expect(hear([named('a'), named('b')])).toMatchObject({ told: ['a', 'b'], unheard: [] });
});

test('who would hear nothing of a model has no route there', () => {
  const deaf = [
    named('other-model', { models: ['other', 'juke'] }),
    named('other-environment', { environments: ['prod'] }),
    named('other-category', { categories: ['bias'], severities: ['critical'] }),
    named('critical', { severities: ['critical'] }),
  ];
  expect(hear([...deaf, named('near', { models: ['juke*'], environments: ['test'] })]).told).toEqual([
    'near',
  ]);
});

test('what is about the loop itself has no category, and passes every filter of categories', () => {
  const { unheard } = hear([named('drift', { categories: ['bias'] })]);
  expect(unheard).toEqual([{ severity: 'warning', category: 'drift' }]);
});

test('a default gets what the others leave, and nothing that one of them takes', () => {
  const critical = { ...errors, severity: 'critical' as const };
  const { listeners, unheard } = hear(
    [named('on-call', { severities: ['critical'] }), named('rest', { default: true })],
    [meanshift, critical],
  );
  expect(unheard).toEqual([]);
  expect(listeners[1]).toMatchObject({ severities: ['warning'], categories: ['drift', undefined] });
  expect(hear([named('all'), named('rest', { default: true })]).told).toEqual(['all']);
  expect(hear([named('rest', { default: true })]).listeners[0]).toMatchObject({ severities: [] });
});

test('of every kind of receiver those are told that may be', () => {
  const { platform, model, deployment } = everyReceiver;
  const told = planAudience(platform.receivers, model, deployment).listeners.map(
    (each) => each.receiver.name,
  );
  expect(told).toEqual(['archive', 'data-team', 'on-call', 'team-chat', 'teams-channel']);
});

test('a pattern means whole names, and nothing in it is a regular expression', () => {
  expect(meansModel('fraud-*', 'fraud-eu')).toBe(true);
  expect(meansModel('*', 'a')).toBe(true);
  expect(meansModel('fraud-*', 'my-fraud-eu')).toBe(false);
  expect(meansModel('fraud', 'fraud-eu')).toBe(false);
});
