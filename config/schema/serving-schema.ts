import { z } from 'zod';
import { autoscalingSchema, autoscalingSettings, canarySchema } from './autoscaling-schema.js';
import { modelServerSchema, transformerSchema, transformerSettings } from './model-server-schema.js';
import {
  commandLine,
  podSettings,
  resourcesSchema,
  servingAccountSettings,
  variables,
} from './pod-schema.js';
import { httpPath, image, labelValue, modelLocation, plainText, secretName } from './texts.js';

const basics = {
  replicas: z.int().min(0).max(1000).describe('Number of Pods.'),
  autoscaling: autoscalingSchema.optional().describe('As many Pods as are needed, instead of `replicas`.'),
  resources: resourcesSchema.describe('What each Pod gets.'),
  args: commandLine.describe('Arguments of the server, after those of its runtime.'),
  env: variables.describe('Environment variables of the server; never secrets.'),
  ...podSettings,
  initial: z
    .strictObject({
      version: labelValue.describe('Version of the model, in quotes.'),
      image: modelLocation.describe(
        'The model by digest, `oci://registry.example.com/team/model@sha256:…`; also by tag, or in a store such as `s3://`.',
      ),
    })
    .optional()
    .describe('What runs before the first release is recorded; without it nothing is rendered until then.'),
};

const deployment = {
  image: image.describe("Image of the user's server, pinned (`kind: deployment`)."),
  command: commandLine.describe('Command of the server (`kind: deployment`).'),
  port: z.int().min(1024).max(65535).describe('Port of the server (`kind: deployment`).'),
  readinessPath: httpPath.describe('Answers 200 when the model is loaded (`kind: deployment`).'),
};

const inferenceService = {
  mode: z.enum(['Standard', 'Knative']).describe("KServe's deployment mode (`kind: inferenceservice`)."),
  format: plainText.describe('Format of the model, such as `onnx` (`kind: inferenceservice`).'),
  runtime: labelValue
    .optional()
    .describe('A runtime of the cluster; without it KServe chooses one (`kind: inferenceservice`).'),
  server: modelServerSchema
    .optional()
    .describe("A runtime of the model's own, instead of `runtime` (`kind: inferenceservice`)."),
  transformer: transformerSchema
    .optional()
    .describe(
      'Prepares requests and answers; callers reach it instead of the model (`kind: inferenceservice`).',
    ),
  canary: canarySchema
    .optional()
    .describe('Splits requests between the newest version and the one before (`mode: Knative`).'),
  exposed: z
    .boolean()
    .describe('Can the model be reached from outside of the cluster (`kind: inferenceservice`)?'),
  authentication: z
    .boolean()
    .optional()
    .describe(
      'Must callers show a token? Only on openshift; by default when the model is exposed (`kind: inferenceservice`).',
    ),
  connection: secretName
    .optional()
    .describe('Connection of OpenShift AI; only on openshift (`kind: inferenceservice`).'),
};

/** What is served, all layers merged. */
export const servingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('deployment'), ...basics, ...deployment }),
  z.strictObject({ kind: z.literal('inferenceservice'), ...basics, ...inferenceService }),
]);

export type ServingInput = z.infer<typeof servingSchema>;

/** Keys that only one kind of serving knows. */
export const servingKeys = {
  deployment: Object.keys({ ...basics, ...deployment }),
  inferenceservice: Object.keys({ ...basics, ...inferenceService }),
} as const;

/** Of these the strongest layer that has one decides, and takes the other's place. */
export const alternativeKeys = [
  ['replicas', 'autoscaling'],
  ['runtime', 'server'],
] as const;

/** What one layer says about serving. */
export const servingSettings = z
  .strictObject({
    kind: z
      .enum(['deployment', 'inferenceservice'])
      .describe("A plain Deployment of the user's server, or a KServe InferenceService."),
    ...basics,
    ...deployment,
    ...inferenceService,
    resources: resourcesSchema.partial().describe('What each Pod gets.'),
    serviceAccount: servingAccountSettings,
    autoscaling: autoscalingSettings.describe('As many Pods as are needed, instead of `replicas`.'),
    server: modelServerSchema
      .partial()
      .describe("A runtime of the model's own, instead of `runtime` (`kind: inferenceservice`)."),
    transformer: transformerSettings.describe(
      'Prepares requests and answers; callers reach it instead of the model (`kind: inferenceservice`).',
    ),
  })
  .partial();
