import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { studentTail } from '../../../steps/evaluation/student.js';
import { testWelch } from '../../../steps/evaluation/welch.js';
import type { Sample } from '../../../steps/evaluation/welch.js';

/** Computed by scipy, as the file says. */
interface Reference {
  readonly tails: readonly { readonly t: number; readonly freedom: number; readonly tail: number }[];
  readonly welch: readonly { readonly left: Sample; readonly right: Sample; readonly pValue: number }[];
}

const reference = JSON.parse(
  readFileSync(new URL('../../fixtures/statistics/student.json', import.meta.url), 'utf8'),
) as Reference;

test.each(reference.tails)("the tail of Student's t above $t with freedom $freedom is scipy's", (each) => {
  const found = studentTail(each.t, each.freedom);
  expect(Math.abs(found - each.tail)).toBeLessThanOrEqual(1e-9 * each.tail + 1e-300);
});

test.each(reference.welch)("the p-value of $left.count against $right.count samples is scipy's", (each) => {
  expect(testWelch(each.left, each.right, 0).pValue).toBeCloseTo(each.pValue, 10);
});

test('a margin moves the question, not the effect', () => {
  const [left, right] = [
    { mean: 1, deviation: 1, count: 50 },
    { mean: 0.5, deviation: 1, count: 50 },
  ];
  expect(testWelch(left, right, 0.5).pValue).toBeCloseTo(0.5, 12);
  expect(testWelch(left, right, 0.5).effect).toBe(0.5);
  expect(testWelch(left, right, -0.5).pValue).toBeLessThan(testWelch(left, right, 0).pValue);
});

test('where nothing varies, nothing is chance', () => {
  const fixed = (mean: number) => ({ mean, deviation: 0, count: 5 });
  expect(testWelch(fixed(2), fixed(1), 0)).toEqual({ pValue: 0, effect: Infinity });
  expect(testWelch(fixed(1), fixed(1), 0)).toEqual({ pValue: 1, effect: 0 });
  expect(testWelch(fixed(1), fixed(2), 0)).toEqual({ pValue: 1, effect: -Infinity });
});

test.each([NaN, -1, 0])('what is no distribution has no tail: freedom %d', (freedom) => {
  expect(studentTail(1, freedom)).toBeNaN();
});

test('numbers too large to square give no p-value that could pass', () => {
  const huge = { mean: 1e300, deviation: 1e200, count: 30 };
  expect(testWelch(huge, { ...huge, mean: 0 }, 0).pValue <= 0.05).toBe(false);
});

test('whatever is compared, the p-value is a probability, and exchanging the two mirrors it', () => {
  const sample = fc.record({
    mean: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
    deviation: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
    count: fc.integer({ min: 2, max: 100_000 }),
  });
  fc.assert(
    fc.property(sample, sample, (left, right) => {
      const { pValue } = testWelch(left, right, 0);
      expect(pValue).toBeGreaterThanOrEqual(0);
      expect(pValue).toBeLessThanOrEqual(1);
      expect(testWelch(right, left, 0).pValue).toBeCloseTo(1 - pValue, 9);
    }),
  );
});
