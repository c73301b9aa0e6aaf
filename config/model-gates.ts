/** What a trained model must meet before it is released; without any entry nothing is evaluated. */
export interface Gates {
  /** Sorted by metric. */
  readonly metrics: readonly MetricGate[];
  /** Sorted by metric. */
  readonly fairness: readonly FairnessGate[];
  /** From the lowest percentile to the highest. */
  readonly latency: readonly LatencyGate[];
  readonly champion: ChampionPolicy;
}

/** `min <= value <= max` of a metric in metrics.json; a missing or NaN metric fails. */
export interface MetricGate {
  readonly metric: string;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** undefined: it is not compared with the model that runs now. */
  readonly improvement?: Improvement | undefined;
}

/** How much better than the champion a value must be. */
export interface Improvement {
  readonly better: 'higher' | 'lower';
  /** At least so much better; undefined: by anything at all, or by what `tolerance` says. */
  readonly minImprovement: number | undefined;
  /** So much worse it may be. */
  readonly tolerance: number | undefined;
  /** undefined: the two values are compared as they are. */
  readonly test: SignificanceTest | undefined;
}

/** Welch's t test, one-sided: is the difference larger than chance makes it? */
export interface SignificanceTest {
  /** Highest p-value. Default 0.05. */
  readonly significance: number;
  /** Of each of the two models. Default 30. */
  readonly minSamples: number;
  /** Least difference in standard deviations (Cohen's d). Default 0.2, or 0 where a tolerance is given. */
  readonly minEffect: number;
}

/** Shares of favourable outcomes in groups, each compared with that of one group; both bands hold in both directions. */
export interface FairnessGate {
  readonly metric: string;
  readonly reference: string;
  /** Statistical parity difference: share of a group minus that of the reference. Default -0.1 to 0.1. */
  readonly spd: Band;
  /** Disparate impact ratio: share of a group divided by that of the reference. Default 0.8 to 1.2. */
  readonly dir: Band;
}

/** Both inclusive. */
export interface Band {
  readonly min: number;
  readonly max: number;
}

/** Budget of a percentile of the metric `latency`. */
export interface LatencyGate {
  /** `p95` */
  readonly percentile: string;
  /** Milliseconds. */
  readonly max: number;
}

/** Whom new models are compared with. */
export interface ChampionPolicy {
  /** What this environment runs is the champion. Default: the first one; undefined: there are no environments. */
  readonly environment: string | undefined;
  /** What becomes of a model when nothing is known to compare it with. Default `fail`. */
  readonly first: 'pass' | 'fail';
  /** May the champion have been measured on other data? Default `same`: it may not. */
  readonly data: 'same' | 'any';
}

/** Is there anything to evaluate? */
export function hasGates({ metrics, fairness, latency }: Gates): boolean {
  return metrics.length + fairness.length + latency.length > 0;
}
