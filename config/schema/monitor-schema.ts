import { z } from 'zod';
import { dialectNames } from '../catalogue/dialects.js';
import { selectors } from './detector-schema.js';
import {
  dnsLabel,
  httpPath,
  labelKey,
  labelValue,
  plainText,
  positiveDuration,
  schedule,
  secretName,
  seriesLabel,
  seriesName,
  storage,
} from './texts.js';

/** All keys of a rendered TrustyAIService, defaults filled in. */
export const monitorServiceSchema = z.strictObject({
  name: dnsLabel(50).describe("Name of the TrustyAIService and of its Service. Default: the monitor's."),
  storage: z
    .strictObject({
      size: storage.optional().describe('Size of a volume. Default 1Gi, unless there is a database.'),
      database: secretName
        .optional()
        .describe('Secret of every environment with the connection of a database, instead of a volume.'),
    })
    .describe('Where the service keeps what it has seen.'),
  schedule: schedule.describe('How often metrics are computed. Default 30s.'),
  batchSize: z
    .int()
    .min(2)
    .max(1_000_000)
    .describe('So many of the newest requests are compared. Default 5000.'),
});

/** All keys of how a monitor is scraped, defaults filled in. */
export const scrapeSchema = z.strictObject({
  service: z
    .record(labelKey, labelValue)
    .optional()
    .describe(
      "Labels of the monitor's Service in every environment; without it the servers of the models are scraped.",
    ),
  port: z
    .union([dnsLabel(15), z.int().min(1).max(65535)], {
      error: 'must be the name of a port, or a number for the servers of models',
    })
    .optional()
    .describe("Name of the Service's port; for servers the number, if it is not that of their requests."),
  path: httpPath.describe('Where the metrics are. Default `/metrics`.'),
  interval: positiveDuration.describe('How often Prometheus reads them. Default 30s.'),
});

/** What is written about one monitor. */
export const monitorSchema = z.strictObject({
  dialect: z.enum(dialectNames).describe('Which metrics there are, and what their values mean.'),
  modelLabel: z
    .union([seriesLabel, z.literal(false)], {
      error: 'must be the name of a label, or false when series carry none',
    })
    .optional()
    .describe("Label that holds the model's name; false: none. Default: the dialect's."),
  featureLabel: seriesLabel.optional().describe("Label that holds the feature. Default: the dialect's."),
  labels: selectors.optional().describe('Selectors on every series of this monitor.'),
  series: z
    .record(plainText, seriesName)
    .optional()
    .describe('Names of series by metric, where they differ from the dialect.'),
  service: monitorServiceSchema
    .partial()
    .optional()
    .describe('Renders a TrustyAIService into every environment; `{}` takes all defaults.'),
  scrape: scrapeSchema
    .partial()
    .optional()
    .describe('Lets Prometheus read the monitor; `{}` reads the servers of the models themselves.'),
});

export type MonitorInput = z.infer<typeof monitorSchema>;
