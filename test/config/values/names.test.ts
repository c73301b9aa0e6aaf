import fc from 'fast-check';
import { checkAnswerTime, checkDuration, checkPositiveDuration } from '../../../config/values/clock.js';
import { parseDuration } from '../../../config/values/duration.js';
import {
  checkDnsLabel,
  checkDnsSubdomain,
  checkLabelKey,
  checkLabelName,
  checkLabelValue,
  checkPlainText,
  checkSecretKey,
  checkSeriesName,
  checkVariableName,
} from '../../../config/values/names.js';

test.each([
  [
    'DNS label',
    checkDnsLabel(),
    ['a', 'a-b', '1a', 'x'.repeat(63)],
    ['', '-a', 'a-', 'A', 'a_b', 'a.b', 'ä', 'a\n', 'x'.repeat(64)],
  ],
  ['DNS name', checkDnsSubdomain, ['a', 'a.b-c.d'], ['', 'a..b', '.a', 'A', 'a/b', 'x'.repeat(254)]],
  ['label value', checkLabelValue, ['a', 'A_b.c-1'], ['', '-a', 'a.', 'a b', '{{ x }}', 'x'.repeat(64)]],
  [
    'label key',
    checkLabelKey,
    ['release', 'app.kubernetes.io/name'],
    ['', '/a', 'a/', 'a/b/c', 'A.example.com/a', 'a b'],
  ],
  ['key of a Secret', checkSecretKey, ['token', 'tls.crt', '_a-b'], ['', '.', '..', 'a/b', 'a b']],
  ['variable', checkVariableName, ['A', '_a1'], ['', '1A', 'A-B', 'A B', 'DRIFTLOOP_MODEL']],
  ['series', checkSeriesName, ['up', 'vllm:num_requests'], ['', '1up', 'up{}', 'a-b', 'a b']],
  ['label of a series', checkLabelName, ['model', 'modelId'], ['', '__name__', '1a', 'a:b', 'a-b']],
  [
    'line of text',
    checkPlainText,
    ['Sepal Length (cm)', 'größe', '$"\\'],
    ['', 'a\nb', 'a\u0000b', '\u001B[31m', '\u202Ea', 'x'.repeat(101)],
  ],
] as const)('a %s is checked', (_, check, good, bad) => {
  for (const text of good) expect([text, check(text)]).toEqual([text, undefined]);
  for (const text of bad) expect([text, check(text)]).toEqual([text, expect.anything()]);
});

test('a proposed name is valid', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), (text) => {
      const proposed = /`(.+)`/.exec(checkDnsLabel(20)(text)?.hint ?? '')?.[1];
      if (proposed !== undefined) expect(checkDnsLabel(20)(proposed)).toBeUndefined();
    }),
  );
});

test.each([
  ['10 minutes', '10m'],
  ['90min', '90m'],
  ['1.5h', '90m'],
  ['2 days', '2d'],
  ['30 sec', '30s'],
  ['10M', '10m'],
])('%s is no duration, %s is proposed', (text, proposed) => {
  expect(checkDuration(text)?.hint).toBe(`Did you mean \`${proposed}\`?`);
  expect(parseDuration(proposed)).toBeDefined();
});

test('durations without a unit, in disorder or of nothing are refused', () => {
  expect(checkDuration('10')?.hint).toBe('A unit is missing: `10s` or `10m`.');
  for (const bad of ['', '1m1h', '-1m', '1m ', 'soon', '1h1h', '9'.repeat(30) + 'y'])
    expect([bad, checkDuration(bad)]).toEqual([bad, expect.anything()]);
  for (const good of ['0s', '0', '1h30m', '1y']) expect(checkDuration(good)).toBeUndefined();
  for (const bad of ['0s', '0', '999ms'])
    expect(checkPositiveDuration(bad)?.message).toBe('must be at least one second');
});

test('an answer may take less than a second, but not no time at all', () => {
  for (const good of ['1ms', '200ms', '2s', '1s500ms']) expect(checkAnswerTime(good)).toBeUndefined();
  for (const bad of ['0', '0s', '0ms'])
    expect(checkAnswerTime(bad)?.message).toBe('must be at least one millisecond');
  expect(checkAnswerTime('200')?.hint).toBe('A unit is missing: `200s` or `200m`.');
});
