import { z } from 'zod';
import { secretDataKey, secretName } from './texts.js';

const secretKey = z.strictObject({
  name: secretName.describe('Name of the Secret.'),
  key: secretDataKey.describe('Key within the Secret.'),
});

export const prometheusScalingSchema = z.strictObject({
  server: z.url({ protocol: /^https?$/ }).describe('Prometheus, as KEDA reaches it.'),
  query: z
    .string()
    .min(1)
    .describe("PromQL with one result; selectors without `namespace` see the environment's namespace only."),
  tokenSecret: secretKey.optional().describe('Secret with a bearer token, where Prometheus asks for one.'),
  caSecret: secretKey.optional().describe("Secret with the certificate of Prometheus's authority."),
});

export const scalingMetrics = ['cpu', 'memory', 'concurrency', 'rps', 'prometheus'] as const;

/** Autoscaling, all layers merged. */
export const autoscalingSchema = z.strictObject({
  min: z.int().min(0).max(1000).describe('Fewest Pods.'),
  max: z.int().min(1).max(1000).describe('Most Pods.'),
  metric: z
    .enum(scalingMetrics)
    .describe(
      'What decides: `cpu` and `memory` of each Pod; `concurrency` and `rps` in Knative mode; `prometheus` through KEDA.',
    ),
  target: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .describe(
      'What each Pod shall have of it: per cent of its request (`cpu`, `memory`, default 80), requests at a time or per second, or value of the query.',
    ),
  prometheus: prometheusScalingSchema.optional().describe('What to ask (`metric: prometheus`).'),
});

/** What one layer says about autoscaling. */
export const autoscalingSettings = autoscalingSchema
  .extend({ prometheus: prometheusScalingSchema.partial().describe('What to ask (`metric: prometheus`).') })
  .partial();

export const canarySchema = z.strictObject({
  trafficPercent: z
    .int()
    .min(0)
    .max(100)
    .describe('Share of the requests that the newest version gets; the one before it keeps the rest.'),
});
