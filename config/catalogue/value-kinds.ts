import type { Bounds } from '../model.js';

export type Direction = 'above' | 'below' | 'outside';

/** What a number means decides in which direction it is bad and which thresholds are plausible. */
export interface ValueMeaning {
  /** With article: `a p-value`. */
  readonly words: string;
  /** In which directions a value can be bad; the first is that of a plain `threshold`. */
  readonly directions: readonly [Direction, ...Direction[]];
  /** Bounds that make sense, both included unless a value cannot be reached. */
  readonly plausible: Range;
  /** Why other thresholds make none. */
  readonly reason: string;
}

export interface Range {
  readonly from: number;
  readonly to: number;
  /** The ends themselves make no sense: nothing is ever, or always, beyond them. */
  readonly open?: boolean;
}

const any = { from: -Infinity, to: Infinity } as const;

const valueKinds = {
  'p-value': {
    words: 'a p-value',
    directions: ['below'],
    plausible: { from: 0, to: 0.5, open: true },
    reason: 'A p-value is between 0 and 1 and small when the data changed; common is 0.05',
  },
  't-statistic': {
    words: 'a t statistic',
    directions: ['above'],
    plausible: { from: 1, to: 1000 },
    reason:
      'The further a t statistic is from 0, the more the mean changed; values up to 1 are ordinary chance, 1.96 corresponds to a p-value of 0.05',
  },
  'ks-statistic': {
    words: 'the statistic D of the Kolmogorov-Smirnov test',
    directions: ['above'],
    plausible: { from: 0, to: 1, open: true },
    reason: 'D is between 0 and 1 and large when the distribution changed',
  },
  distance: {
    words: 'a distance',
    directions: ['above'],
    plausible: { from: 0, to: 1, open: true },
    reason: 'This distance is between 0 and 1 and large when the distribution changed',
  },
  statistic: {
    words: 'a statistic',
    directions: ['above'],
    plausible: { from: 0, to: 1000, open: true },
    reason: 'The statistic is never negative and large when the distribution changed',
  },
  probability: {
    words: 'the probability of drift',
    directions: ['above'],
    plausible: { from: 0, to: 1, open: true },
    reason: 'A probability is between 0 and 1 and large when drift is likely',
  },
  share: {
    words: 'a share',
    directions: ['above'],
    plausible: { from: 0, to: 1 },
    reason: 'A share is between 0 and 1',
  },
  flag: {
    words: '0 or 1',
    directions: ['above'],
    plausible: { from: 0, to: 1 },
    reason: 'The value is 1 when drift was found, else 0',
  },
  difference: {
    words: 'a difference of shares, fair near 0',
    directions: ['outside', 'above', 'below'],
    plausible: { from: -1, to: 1, open: true },
    reason: 'The difference is between -1 and 1, and 0 is fair; common is [-0.1, 0.1]',
  },
  ratio: {
    words: 'a ratio of shares, fair near 1',
    directions: ['outside', 'above', 'below'],
    plausible: { from: 0, to: 100, open: true },
    reason: 'The ratio is never negative, and 1 is fair; common is [0.8, 1.2]',
  },
  error: {
    words: 'an error in the unit of the prediction',
    directions: ['above'],
    plausible: { from: 0, to: Infinity },
    reason: 'An error is never negative, and large when predictions are bad',
  },
  'score-share': {
    words: 'a share of right predictions',
    directions: ['below'],
    plausible: { from: 0, to: 1, open: true },
    reason: 'The score is between 0 and 1, and small when predictions are bad',
  },
  determination: {
    words: 'the coefficient of determination',
    directions: ['below'],
    plausible: { from: -1, to: 1 },
    reason: 'R² is at most 1, and small when predictions are bad',
  },
  seconds: {
    words: 'a time in seconds',
    directions: ['above'],
    plausible: { from: 0, to: 60, open: true },
    reason: 'Prometheus counts time in seconds',
  },
  score: {
    words: "a score of the monitor's own",
    directions: ['above', 'below', 'outside'],
    plausible: any,
    reason: '',
  },
} as const satisfies Record<string, ValueMeaning>;

export type ValueKind = keyof typeof valueKinds;

/** The meaning of a kind, without its literal type. */
export function meaningOf(kind: ValueKind): ValueMeaning {
  return valueKinds[kind];
}

/** The direction of bounds. */
export function directionOf(bounds: Bounds): Direction {
  if (bounds.lower === undefined) return 'above';
  return bounds.upper === undefined ? 'below' : 'outside';
}
