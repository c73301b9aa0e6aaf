import type { Labels } from '../../config/model.js';
import type { Duration } from '../../config/values/duration.js';

/** Prometheus rules as data; the chart turns them into a PrometheusRule. */
export type Rule = RecordingRule | AlertingRule;

export interface RecordingRule {
  readonly record: string;
  readonly expression: string;
  readonly labels: Labels;
}

export interface AlertingRule {
  readonly alert: string;
  readonly expression: string;
  /** undefined: at once. */
  readonly for: Duration | undefined;
  readonly keepFiringFor: Duration | undefined;
  readonly labels: Labels;
  readonly annotations: Labels;
}

export interface RuleGroup {
  readonly name: string;
  readonly interval: Duration;
  readonly rules: readonly Rule[];
}
