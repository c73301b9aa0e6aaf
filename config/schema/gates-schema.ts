import { z } from 'zod';
import { checkPercentile } from '../values/percentile.js';
import { answerTime, dnsLabel, plainText, text } from './texts.js';

const test = z.strictObject({
  significance: z.number().gt(0).lt(0.5).optional().describe('Highest p-value that counts as better.'),
  minSamples: z.int().min(2).max(1_000_000).optional().describe('Least samples of each of the two models.'),
  minEffect: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe("Least difference in standard deviations (Cohen's d). With a `tolerance` default 0."),
});

const gate = z.strictObject({
  min: z.number().optional().describe('The trained model must reach this.'),
  max: z.number().optional().describe('The trained model must not exceed this.'),
  improveOver: z
    .enum(['champion'])
    .optional()
    .describe('The trained model must be better than the one that runs now.'),
  better: z
    .enum(['higher', 'lower'])
    .optional()
    .describe('Which values are better. Default: what the catalogue knows of the metric.'),
  minImprovement: z
    .number()
    .gt(0)
    .optional()
    .describe('At least so much better. Default: by anything at all.'),
  tolerance: z.number().gt(0).optional().describe('So much worse it may be.'),
  test: test
    .optional()
    .describe(
      "Welch's t test of the samples: better only where chance does not explain it; `{}` takes the defaults.",
    ),
});

const band = z.strictObject({
  min: z.number().optional().describe('No group may be below this.'),
  max: z.number().optional().describe('No group may be above this.'),
});

const fairness = z.strictObject({
  reference: plainText.describe('The group that the others are compared with.'),
  spd: band
    .optional()
    .describe('Statistical parity difference: share of a group minus that of the reference.'),
  dir: band.optional().describe('Disparate impact ratio: share of a group divided by that of the reference.'),
});

const percentile = text(checkPercentile, 'CONFIG_NAME');

const champion = z.strictObject({
  environment: dnsLabel(20)
    .optional()
    .describe('What it runs is the champion. Default: the first environment.'),
  first: z
    .enum(['pass', 'fail'])
    .optional()
    .describe('What becomes of a model when there is no champion, or nobody measured the metric of it.'),
  data: z
    .enum(['same', 'any'])
    .optional()
    .describe('Must the champion have been measured on the same data (`dataSnapshot` of `metrics.json`)?'),
});

/** What one layer says about gates. */
export const gatesSchema = z.strictObject({
  metrics: z
    .record(plainText, gate)
    .optional()
    .describe('Conditions on what training writes to `metrics.json`; a missing metric fails.'),
  fairness: z
    .record(plainText.max(50), fairness)
    .optional()
    .describe('Metrics with a share of favourable outcomes for each group.'),
  latency: z
    .record(percentile, answerTime)
    .optional()
    .describe('Longest times by percentile of the metric `latency`: `p95: 200ms`.'),
  champion: champion.optional().describe('Whom `improveOver: champion` compares with.'),
});

export type GatesInput = z.infer<typeof gatesSchema>;
export type GateInput = z.infer<typeof gate>;
