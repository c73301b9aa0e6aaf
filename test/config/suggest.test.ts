import { closest, suggest } from '../../config/suggest.js';

test.each([
  ['treshold', ['threshold', 'features'], 'threshold'],
  ['on_drift', ['onDrift', 'onBias'], 'onDrift'],
  ['OnDrift', ['onDrift'], 'onDrift'],
  ['prd', ['prod', 'test'], 'prod'],
  ['mean-shift', ['meanshift', 'kstest'], 'meanshift'],
  ['rollout', ['serving', 'training', 'model'], undefined],
  ['x', ['y'], 'y'],
  ['', ['a'], 'a'],
  ['anything', [], undefined],
])('the closest to %j in %j is %j', (name, known, expected) => {
  expect(closest(name, known)).toBe(expected);
});

test('without a close name the known ones are listed, but not hundreds', () => {
  expect(suggest('zzzzzzzz', ['b', 'a'])).toEqual({ hint: 'Known: `a`, `b`.' });
  const many = Array.from({ length: 300 }, (_, index) => `name-${index}`);
  expect(suggest('zzzzzzzz', many).hint).toMatch(/ and 280 more\.$/);
  expect(suggest('zzzzzzzz', [])).toEqual({ hint: 'None is defined.' });
});

test('a name of a million characters takes no time', () => {
  const started = performance.now();
  suggest('x'.repeat(1_000_000), ['threshold']);
  expect(performance.now() - started).toBeLessThan(2_000);
});
