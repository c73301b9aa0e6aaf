import { z } from 'zod';
import {
  cpu,
  deviceName,
  distinct,
  labelKey,
  labelValue,
  memory,
  secretName,
  variableName,
} from './texts.js';

export const resourcesSchema = z.strictObject({
  cpu: cpu.describe('Processor time, as request and limit: `500m`, `2`.'),
  memory: memory.describe('Memory, as request and limit: `512Mi`, `2Gi`.'),
  devices: z
    .record(deviceName, z.int().min(1).max(128))
    .optional()
    .describe('Whole devices by their resource: `{ nvidia.com/gpu: 1 }`.'),
});

export const commandLine = z.array(z.string().min(1));
export const variables = z.record(variableName, z.string());

const toleration = z.strictObject({
  key: labelKey.describe('Key of the taint.'),
  value: labelValue.optional().describe('Value of the taint; without it every value.'),
  effect: z
    .enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
    .optional()
    .describe('Effect of the taint; without it every effect.'),
});

const servingAccountSchema = z.strictObject({
  secrets: distinct(secretName).describe(
    'Secrets with which KServe fetches the model from a store such as `s3://`.',
  ),
  annotations: z.record(labelKey, z.string()).describe('Such as the role that a cloud gives to the account.'),
  token: z.boolean().describe("Do the containers get a token for the cluster's API?"),
});

export const placementSettings = {
  nodeSelector: z.record(labelKey, labelValue).describe('Labels of the nodes that Pods may run on.'),
  tolerations: z.array(toleration).describe('Taints of nodes that Pods may run on nevertheless.'),
};

/** Where Pods run, and as whom. */
export const podSettings = {
  imagePullSecrets: distinct(secretName).describe('Secrets with credentials of registries.'),
  ...placementSettings,
  serviceAccount: servingAccountSchema
    .optional()
    .describe("A ServiceAccount of the model's own; without it the Pods have no identity."),
};

export const servingAccountSettings = servingAccountSchema
  .partial()
  .describe("A ServiceAccount of the model's own; without it the Pods have no identity.");
