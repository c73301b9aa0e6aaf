import { studentTail } from './student.js';

/** Mean, standard deviation (divided by n - 1) and number of samples. */
export interface Sample {
  readonly mean: number;
  readonly deviation: number;
  readonly count: number;
}

export interface WelchResult {
  /** Probability that chance makes `left` exceed `right` by so much more than the margin; NaN: it cannot be computed. */
  readonly pValue: number;
  /** Difference in standard deviations (Cohen's d); infinite where nothing varies. */
  readonly effect: number;
}

/**
 * Welch's t test, one-sided: is the mean of `left` above that of `right` by more than `margin`? The two need not vary
 * alike, nor have equally many samples, but at least two each.
 */
export function testWelch(left: Sample, right: Sample, margin: number): WelchResult {
  const difference = left.mean - right.mean;
  const [leftError, rightError] = [left, right].map(({ deviation, count }) => deviation ** 2 / count) as [
    number,
    number,
  ]; // map() forgets that there are two.
  const error = leftError + rightError;
  const effect = difference / Math.sqrt((left.deviation ** 2 + right.deviation ** 2) / 2);
  // Where nothing varies, nothing is chance.
  if (error === 0) return { pValue: difference > margin ? 0 : 1, effect: difference === 0 ? 0 : effect };
  const freedom = error ** 2 / (leftError ** 2 / (left.count - 1) + rightError ** 2 / (right.count - 1));
  return { pValue: studentTail((difference - margin) / Math.sqrt(error), freedom), effect };
}
