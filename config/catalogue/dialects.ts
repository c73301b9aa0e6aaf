import type { Dialect, Metric } from './metric.js';
import { alibi, evidently, exporter, kserve, trustyaiJava, trustyaiPython } from './metrics.js';

/** What the monitors driftloop knows export. */
export const dialects = {
  'trustyai-java': {
    words: 'the Java TrustyAI service (up to 0.28)',
    modelLabel: 'model',
    featureLabel: 'subcategory',
    metrics: trustyaiJava,
  },
  'trustyai-python': {
    words: 'the Python TrustyAI service',
    modelLabel: 'modelId',
    featureLabel: 'subcategory',
    metrics: trustyaiPython,
  },
  evidently: {
    words: 'an exporter around Evidently',
    modelLabel: 'model',
    featureLabel: 'column',
    metrics: evidently,
  },
  alibi: {
    words: 'Alibi Detect behind Seldon',
    modelLabel: 'model_name',
    featureLabel: 'index',
    metrics: alibi,
  },
  kserve: {
    words: "KServe's Python server",
    modelLabel: 'model_name',
    featureLabel: 'feature',
    metrics: kserve,
  },
  exporter: {
    words: 'an exporter of your own',
    modelLabel: 'model',
    featureLabel: 'feature',
    metrics: exporter,
  },
} as const satisfies Record<string, Dialect>;

export type DialectName = keyof typeof dialects;

export const dialectNames = Object.keys(dialects) as [DialectName, ...DialectName[]]; // keys() forgets the type.

/** Names under which the same question is asked in another dialect. */
const counterparts: Readonly<Record<string, string>> = {
  meanshift: 'comparemeans',
  comparemeans: 'meanshift',
  fouriermmd: 'mmd',
  mmd: 'fouriermmd',
  approxkstest: 'kstest',
  ksteststreaming: 'kstest',
  drift_found: 'dataset_drift',
  dataset_drift: 'drift_found',
};

/** A metric by name within a dialect. */
export function findMetric(dialect: DialectName, name: string): Metric | undefined {
  return metricsOf(dialect).find((metric) => metric.name === name);
}

export function metricsOf(dialect: DialectName): readonly Metric[] {
  return dialects[dialect].metrics;
}

/** Another dialect that knows the name, and what this dialect has instead. */
export function findElsewhere(dialect: DialectName, name: string): { other?: DialectName; instead?: Metric } {
  const other = dialectNames.find((each) => each !== dialect && findMetric(each, name) !== undefined);
  const counterpart = counterparts[name];
  const instead = counterpart === undefined ? undefined : findMetric(dialect, counterpart);
  return { ...(other && { other }), ...(instead && { instead }) };
}
