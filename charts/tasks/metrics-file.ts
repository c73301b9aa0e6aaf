import { z } from 'zod';

/**
 * `metrics.json`, which a training leaves in its output folder: schemas/metrics.schema.json and docs/reference/training.md
 * are generated from this, and the steps read by it.
 */

/** JSON can write 1e999, which becomes Infinity; zod's numbers are finite. */
const finite = z.number();

const count = z.int().min(1);

/** More values than these say nothing more about a mean, and would make the file too large. */
const sampleLimit = 50_000;

/** `p95`, `p99.9`. */
export const percentileName = /^p[1-9][0-9]?(\.[0-9]{1,3})?$/;

const plainMetric = finite.describe('One number: how good the model is by this metric.');

const sampledMetric = z
  .strictObject({
    samples: z
      .array(finite)
      .min(1)
      .max(sampleLimit)
      .describe('Measured values, such as one of each fold or batch; the mean counts.'),
  })
  .describe('Values that a statistical test can compare.');

const summedMetric = z
  .strictObject({
    mean: finite,
    std: finite.min(0).describe('Standard deviation of the samples (divided by n - 1).'),
    count: count.describe('How many samples there were.'),
  })
  .describe('The same without the values themselves.');

/** The names of groups stand in tables and records. */
const groupName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ._/<>=+:,()-]{0,39}$/);

const groupLimit = 50;

const groupedMetric = z
  .strictObject({
    groups: z
      .record(groupName, finite.min(0).max(1))
      .refine((groups) => Object.keys(groups).length <= groupLimit, `must have at most ${groupLimit} groups`)
      .meta({ maxProperties: groupLimit })
      .describe('Share of favourable outcomes in each group, by its name.'),
  })
  .describe('What fairness is computed from.');

const percentilesMetric = z
  .strictObject({
    percentiles: z
      .record(z.string().regex(percentileName), finite.min(0))
      .describe('Milliseconds by percentile: `p50`, `p95`, `p99.9`.'),
  })
  .describe('How long answers take.');

export const metricSchema = z.union([
  plainMetric,
  sampledMetric,
  summedMetric,
  groupedMetric,
  percentilesMetric,
]);

export type WrittenMetric = z.output<typeof metricSchema>;

/** Keys of the file that are no metrics. */
export const reservedMetrics = { dataSnapshot: 'dataSnapshot', champion: 'champion' } as const;

/** Name of what the model was measured on. */
export const snapshotName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}$/, {
    error: 'must be 1 to 200 letters, digits and `._:/@+-`, and begin with a letter or digit',
  })
  .describe(
    'Name of the data the model was measured on; the same name means the same data. Default: the `id` of `data/snapshot.json`, if there is one.',
  );

/** What the training measured of the model that runs now; only what a gate asks of it is looked at. */
export const championSchema = z
  .strictObject({
    version: z.string().min(1).max(63).describe('Its version, as it stands in its release record.'),
    metrics: z.record(z.string(), metricSchema).describe('By the names of the metrics of the new model.'),
  })
  .describe(
    'The model that runs now, measured on the same data as the new one: then the two can be compared, whatever the older one was measured on.',
  );

export const metricsSchema = z
  .object({ dataSnapshot: snapshotName.optional(), champion: championSchema.optional() })
  .catchall(metricSchema)
  .meta({
    title: 'driftloop metrics',
    description: 'What a training measured of its model, by the names of the metrics: metrics.json',
  });

/** Largest file that a step reads from the run's volume, in bytes. */
export const runFileLimit = 1_048_576;

/** JSON schema of `metrics.json`. */
export function metricsJsonSchema(): object {
  return z.toJSONSchema(metricsSchema, { target: 'draft-7', io: 'input' });
}
