import { z } from 'zod';
import { severities } from '../model-notifications.js';
import {
  plainText,
  seriesLabel,
  seriesName,
  dnsLabel,
  distinct,
  duration,
  positiveDuration,
} from './texts.js';

const band = z.tuple([z.number(), z.number()]).meta({ description: 'A band: lower and upper bound.' });

/** Equality selectors on a series. */
export const selectors = z.record(seriesLabel, plainText);

const counter = z.strictObject({
  series: seriesName.describe('Name of the counter.'),
  labels: selectors.optional().describe('Selectors besides the namespace and the model.'),
});

const cell = z.union([plainText, z.number(), z.boolean()], { error: 'must be a value of the column' });

/** What a fairness metric compares. */
export const groupsSchema = z.strictObject({
  attribute: plainText.describe('Column that tells the groups apart.'),
  privileged: cell.describe('Its value for those who are better off.'),
  unprivileged: cell.describe('Its value for those who are worse off.'),
  outcome: plainText.describe('Column of the prediction.'),
  favorable: cell.describe('Value of the prediction that is good to get.'),
});
export const severity = z.enum(severities);

/** One condition on a metric. */
export const detectorSchema = z.strictObject({
  name: dnsLabel()
    .optional()
    .describe(
      'Name of the detector, unique within the model; needed when a metric is used twice. Default: the metric.',
    ),
  metric: plainText.describe("A metric of the monitor's dialect, or `promql`."),
  features: distinct(plainText)
    .optional()
    .describe('Columns of the model that are watched, for metrics with a value per feature.'),
  threshold: z
    .union([z.number(), band], { error: 'must be a number, or a band `[low, high]`' })
    .optional()
    .describe(
      "Where the metric is violated; the catalogue knows in which direction. Default: the catalogue's.",
    ),
  above: z.number().optional().describe('Violated when the value is above this.'),
  below: z.number().optional().describe('Violated when the value is below this.'),
  outside: band.optional().describe('Violated when the value is outside of this band `[low, high]`.'),
  atLeast: z.int().min(1).optional().describe('So many features must be violated. Default 1.'),
  severity: severity
    .optional()
    .describe(
      'How urgent a violation is: `critical` for what wakes people up. Default: that of the section.',
    ),
  for: duration.optional().describe('How long the condition must hold. Default: that of the section.'),
  window: z
    .strictObject({
      violated: z.int().min(1).describe('At least this many …'),
      of: z.int().min(2).max(1000).describe('… of the last this many evaluations.'),
    })
    .optional()
    .describe('k of n evaluations instead of every one.'),
  series: seriesName
    .optional()
    .describe(
      'Series (or histogram, without `_bucket`) that holds the metric, where the dialect does not name it.',
    ),
  labels: selectors.optional().describe('Selectors besides the namespace and the model.'),
  absolute: z.boolean().optional().describe('Compare the absolute value of a signed metric. Default false.'),
  quantile: z.number().gt(0).lt(1).optional().describe('Which quantile of a histogram. Default 0.95.'),
  over: positiveDuration.optional().describe('Window of rates and quantiles. Default 5m.'),
  errors: counter.optional().describe('Counter of what failed, for `error_ratio`.'),
  requests: counter.optional().describe('Counter of everything, for `error_ratio`.'),
  expr: z
    .string()
    .min(1)
    .optional()
    .describe('The expression of `metric: promql`; one series per model, or per feature.'),
  featureLabel: seriesLabel
    .optional()
    .describe('Label that holds the feature, for `promql`. Default `feature`.'),
  reference: plainText
    .optional()
    .describe(
      'Tag of the uploaded rows that a rendered TrustyAI service compares requests with. Default TRAINING.',
    ),
  groups: groupsSchema.optional().describe('What a rendered TrustyAI service compares for `spd` and `dir`.'),
  meaning: plainText
    .optional()
    .describe("What the value is, in words for people who get the alert. Default: the catalogue's."),
});

export type DetectorInput = z.infer<typeof detectorSchema>;
