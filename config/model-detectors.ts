import type { Position } from '../problems/problem.js';
import type { MetricRequest } from './model-monitoring.js';
import type { AlertSeverity } from './model-notifications.js';
import type { Duration } from './values/duration.js';

export type DetectorCategory = 'drift' | 'bias' | 'quality' | 'service';

export type Action = 'notify' | 'retrain';

/** One condition on a metric. */
export interface Detector {
  /** DNS label, unique within the model. */
  readonly name: string;
  readonly category: DetectorCategory;
  /** Name of the monitor that exports the metric; undefined: `promql` asks for itself. */
  readonly monitor: string | undefined;
  /** What the rendered service of its monitor must be asked for; undefined: nothing. */
  readonly request: MetricRequest | undefined;
  /** How urgent it is to look at a violation. Default `warning`. */
  readonly severity: AlertSeverity;
  /** Catalogue entry, or `promql`. */
  readonly metric: string;
  /** What a value of this metric is, in words for people: `p-value of the mean-shift test`. */
  readonly meaning: string;
  readonly source: MetricSource;
  /** Violated when the value is below `lower` or above `upper`; at least one is given. */
  readonly bounds: Bounds;
  /** Expected values of the feature label; empty: the metric has one series per model. */
  readonly features: readonly string[];
  /** So many features must violate the bounds. Default 1. */
  readonly atLeast: number;
  /** How long the condition must hold. */
  readonly for: Duration;
  /** k of n evaluations instead of every one; undefined: every one. */
  readonly window: ViolationWindow | undefined;
  readonly actions: readonly Action[];
  /** Where the detector was written. */
  readonly position: Position | undefined;
}

export interface Bounds {
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

export interface ViolationWindow {
  /** At least this many ... */
  readonly violated: number;
  /** ... of the last this many evaluations. */
  readonly of: number;
}

export type Labels = Readonly<Record<string, string>>;

/** How to ask Prometheus for the value; the charts write the PromQL. */
export type MetricSource =
  | {
      readonly kind: 'gauge';
      readonly series: string;
      /** Selector besides the namespace, the model's label included. */
      readonly labels: Labels;
      readonly featureLabel: string | undefined;
      /** Compare the absolute value (a signed statistic). */
      readonly absolute: boolean;
    }
  | {
      /** Quantile of a classic histogram, over a window. */
      readonly kind: 'quantile';
      readonly histogram: string;
      readonly labels: Labels;
      readonly quantile: number;
      readonly window: Duration;
    }
  | {
      /** Ratio of two counters' rates over a window; no traffic is no value. */
      readonly kind: 'ratio';
      readonly numerator: { readonly series: string; readonly labels: Labels };
      readonly denominator: { readonly series: string; readonly labels: Labels };
      readonly window: Duration;
    }
  | {
      /** The user's own PromQL. */
      readonly kind: 'promql';
      readonly expression: string;
      readonly featureLabel: string | undefined;
    };
