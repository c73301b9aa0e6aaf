import type { Bounds } from '../model.js';
import type { ValueKind } from './value-kinds.js';

/** What a metric of a dialect means and how to ask for it. */
export interface Metric {
  /** As written in `metric:`. */
  readonly name: string;
  /** What a value is, in words: `p-value of the mean-shift test`. */
  readonly meaning: string;
  readonly value: ValueKind;
  /** Used when the detector gives none; undefined: it must give some. */
  readonly bounds?: Bounds;
  readonly shape: MetricShape;
  /** Where a TrustyAI service is asked to compute it; undefined: it computes by itself. */
  readonly endpoint?: { readonly path: string; readonly compares: 'reference' | 'groups' };
  /** Does the metric have a value per feature? */
  readonly features: 'required' | 'optional' | 'none';
}

export type MetricShape =
  | {
      readonly kind: 'gauge';
      /** undefined: the monitor or the detector names it. */
      readonly series?: string;
      /** Signed, and both directions count. */
      readonly absolute?: boolean;
    }
  | { readonly kind: 'quantile'; readonly histogram?: string }
  | { readonly kind: 'ratio' }
  | { readonly kind: 'promql' };

/** What one kind of monitor exports. */
export interface Dialect {
  /** In words: `the Java TrustyAI service`. */
  readonly words: string;
  /** Label that holds the model's name. */
  readonly modelLabel: string;
  /** Label that holds the feature. */
  readonly featureLabel: string;
  readonly metrics: readonly Metric[];
}
