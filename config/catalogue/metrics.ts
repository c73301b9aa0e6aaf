import type { Bounds } from '../model.js';
import type { Metric } from './metric.js';

const above = (upper: number): Bounds => ({ lower: undefined, upper });
const below = (lower: number): Bounds => ({ lower, upper: undefined });
const outside = (lower: number, upper: number): Bounds => ({ lower, upper });

const gauge = (series?: string, absolute = false): Metric['shape'] => ({
  kind: 'gauge',
  ...(series === undefined ? {} : { series }),
  ...(absolute ? { absolute } : {}),
});

const drift = (name: string): NonNullable<Metric['endpoint']> => ({
  path: `/metrics/drift/${name}`,
  compares: 'reference',
});

/** Fairness metrics have one name and one meaning in both TrustyAI services. */
const fairness: readonly Metric[] = [
  {
    name: 'spd',
    meaning: 'statistical parity difference',
    value: 'difference',
    bounds: outside(-0.1, 0.1),
    shape: gauge('trustyai_spd'),
    endpoint: { path: '/metrics/group/fairness/spd', compares: 'groups' },
    features: 'none',
  },
  {
    name: 'dir',
    meaning: 'disparate impact ratio',
    value: 'ratio',
    bounds: outside(0.8, 1.2),
    shape: gauge('trustyai_dir'),
    endpoint: { path: '/metrics/group/fairness/dir', compares: 'groups' },
    features: 'none',
  },
];

/** The Java service publishes p-values, and a probability for fouriermmd. */
export const trustyaiJava: readonly Metric[] = [
  {
    name: 'meanshift',
    meaning: 'p-value of the mean-shift test',
    value: 'p-value',
    bounds: below(0.05),
    shape: gauge('trustyai_meanshift'),
    endpoint: drift('meanshift'),
    features: 'required',
  },
  {
    name: 'kstest',
    meaning: 'p-value of the Kolmogorov-Smirnov test',
    value: 'p-value',
    bounds: below(0.05),
    shape: gauge('trustyai_kstest'),
    endpoint: drift('kstest'),
    features: 'required',
  },
  {
    name: 'approxkstest',
    meaning: 'p-value of the approximate Kolmogorov-Smirnov test',
    value: 'p-value',
    bounds: below(0.05),
    shape: gauge('trustyai_approxkstest'),
    endpoint: drift('approxkstest'),
    features: 'required',
  },
  {
    name: 'fouriermmd',
    meaning: 'probability of drift by the Fourier maximum mean discrepancy',
    value: 'probability',
    bounds: above(0.8),
    shape: gauge('trustyai_fouriermmd'),
    endpoint: drift('fouriermmd'),
    features: 'none',
  },
  ...fairness,
];

/** The Python service publishes statistics and distances under partly the same names. */
export const trustyaiPython: readonly Metric[] = [
  {
    name: 'comparemeans',
    meaning: 't statistic of the comparison of means',
    value: 't-statistic',
    bounds: above(1.96),
    shape: gauge('trustyai_comparemeans', true),
    endpoint: drift('comparemeans'),
    features: 'required',
  },
  {
    name: 'kstest',
    meaning: 'statistic D of the Kolmogorov-Smirnov test',
    value: 'ks-statistic',
    bounds: above(0.2),
    shape: gauge('trustyai_kstest'),
    endpoint: drift('kstest'),
    features: 'required',
  },
  {
    name: 'jensenshannon',
    meaning: 'Jensen-Shannon distance',
    value: 'distance',
    bounds: above(0.1),
    shape: gauge('trustyai_jensenshannon'),
    endpoint: drift('jensenshannon'),
    features: 'required',
  },
  {
    name: 'mmd',
    meaning: 'maximum mean discrepancy',
    value: 'statistic',
    shape: gauge('trustyai_mmd'),
    endpoint: drift('mmd'),
    features: 'none',
  },
  ...fairness,
];

/** Evidently ships no exporter; the names are those of the usual small job around its report. */
export const evidently: readonly Metric[] = [
  {
    name: 'drift_share',
    meaning: 'share of drifted columns',
    value: 'share',
    bounds: above(0.5),
    shape: gauge('evidently_drift_share'),
    features: 'none',
  },
  {
    name: 'column_drift',
    meaning: 'drift score of a column',
    value: 'score',
    shape: gauge('evidently_column_drift_score'),
    features: 'required',
  },
  {
    name: 'dataset_drift',
    meaning: 'drift of the data set found (1) or not (0)',
    value: 'flag',
    bounds: above(0.5),
    shape: gauge('evidently_dataset_drift'),
    features: 'none',
  },
];

/** Alibi Detect behind Seldon's server. */
export const alibi: readonly Metric[] = [
  {
    name: 'drift_found',
    meaning: 'drift found (1) or not (0)',
    value: 'flag',
    bounds: above(0.5),
    shape: gauge('seldon_metric_drift_found'),
    features: 'none',
  },
  {
    name: 'batch_score',
    meaning: 'drift score of the batch',
    value: 'score',
    shape: gauge('seldon_metric_drift_batch_score'),
    features: 'none',
  },
  {
    name: 'feature_score',
    meaning: 'drift score of a feature',
    value: 'score',
    shape: gauge('seldon_metric_drift_feature_score'),
    features: 'required',
  },
];

/** KServe's Python server measures time only. */
export const kserve: readonly Metric[] = [
  {
    name: 'latency',
    meaning: 'time of a prediction',
    value: 'seconds',
    shape: { kind: 'quantile', histogram: 'request_predict_seconds' },
    features: 'none',
  },
];

const quality: readonly Metric[] = [
  { name: 'mae', meaning: 'mean absolute error', value: 'error', shape: gauge(), features: 'none' },
  { name: 'rmse', meaning: 'root mean squared error', value: 'error', shape: gauge(), features: 'none' },
  { name: 'accuracy', meaning: 'accuracy', value: 'score-share', shape: gauge(), features: 'none' },
  { name: 'f1', meaning: 'F1 score', value: 'score-share', shape: gauge(), features: 'none' },
  {
    name: 'r2',
    meaning: 'coefficient of determination R²',
    value: 'determination',
    shape: gauge(),
    features: 'none',
  },
];

/** Own exporters: the user names the series, the catalogue knows what such a value means. */
export const exporter: readonly Metric[] = [
  { name: 'drift_score', meaning: 'drift score', value: 'score', shape: gauge(), features: 'optional' },
  {
    name: 'drift_p_value',
    meaning: 'p-value of a drift test',
    value: 'p-value',
    bounds: below(0.05),
    shape: gauge(),
    features: 'optional',
  },
  {
    name: 'drift_distance',
    meaning: 'distance of distributions',
    value: 'distance',
    shape: gauge(),
    features: 'optional',
  },
  {
    name: 'drift_share',
    meaning: 'share of drifted features',
    value: 'share',
    bounds: above(0.5),
    shape: gauge(),
    features: 'none',
  },
  {
    name: 'drift_found',
    meaning: 'drift found (1) or not (0)',
    value: 'flag',
    bounds: above(0.5),
    shape: gauge(),
    features: 'optional',
  },
  {
    name: 'spd',
    meaning: 'statistical parity difference',
    value: 'difference',
    bounds: outside(-0.1, 0.1),
    shape: gauge(),
    features: 'none',
  },
  {
    name: 'dir',
    meaning: 'disparate impact ratio',
    value: 'ratio',
    bounds: outside(0.8, 1.2),
    shape: gauge(),
    features: 'none',
  },
  ...quality,
  {
    name: 'latency',
    meaning: 'time of a request',
    value: 'seconds',
    shape: { kind: 'quantile' },
    features: 'none',
  },
  {
    name: 'error_ratio',
    meaning: 'share of failed requests',
    value: 'share',
    shape: { kind: 'ratio' },
    features: 'none',
  },
];

/** Every dialect knows it, and it needs no monitor. */
export const promql: Metric = {
  name: 'promql',
  meaning: 'value of a PromQL expression',
  value: 'score',
  shape: { kind: 'promql' },
  features: 'optional',
};

/** Names training usually gives its metrics, for the plausibility of gates. */
export const gateMetrics: readonly Metric[] = quality;
