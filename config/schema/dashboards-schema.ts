import { z } from 'zod';
import { labelKey, labelValue, plainText, secretDataKey, secretName } from './texts.js';

const labelMap = z.record(labelKey, labelValue);

/** What is written about dashboards, defaults filled in. */
export const dashboardsSchema = z.strictObject({
  delivery: z
    .enum(['operator', 'sidecar'])
    .describe('Objects of the Grafana operator, or ConfigMaps that a sidecar collects. Default `operator`.'),
  folder: plainText
    .optional()
    .describe("Title of the folder, before the environment's name. Default: the platform's name."),
  instances: labelMap
    .optional()
    .describe('Labels of the Grafana instances, for the operator. Default `dashboards: grafana`.'),
  labels: labelMap
    .optional()
    .describe("Labels that the sidecar looks for. Default `grafana_dashboard: '1'`."),
  prometheus: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }).describe('Prometheus, as Grafana reaches it.'),
      tokenSecret: z
        .strictObject({
          name: secretName.describe('Name of the Secret.'),
          key: secretDataKey.describe('Key within the Secret.'),
        })
        .optional()
        .describe('Secret of every environment with a bearer token that may read its metrics.'),
    })
    .optional()
    .describe('Renders a data source for each environment; without it people choose one.'),
});
