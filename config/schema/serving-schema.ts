import { z } from 'zod';
import { cpu, httpPath, image, labelValue, memory, modelImage, plainText, variableName } from './texts.js';

export const resourcesSchema = z.strictObject({
  cpu: cpu.describe('Processor time, as request and limit: `500m`, `2`.'),
  memory: memory.describe('Memory, as request and limit: `512Mi`, `2Gi`.'),
});

export const commandLine = z.array(z.string().min(1));
export const variables = z.record(variableName, z.string());

const basics = {
  replicas: z.int().min(0).max(1000).describe('Number of Pods.'),
  resources: resourcesSchema.describe('What each Pod gets.'),
  initial: z
    .strictObject({
      version: labelValue.describe('Version of the model, in quotes.'),
      image: modelImage.describe('The model by digest: `oci://registry.example.com/team/model@sha256:…`.'),
    })
    .optional()
    .describe('What runs before the first release is recorded; without it nothing is rendered until then.'),
};

const deployment = {
  image: image.describe("Image of the user's server, pinned (`kind: deployment`)."),
  command: commandLine.describe('Command of the server (`kind: deployment`).'),
  args: commandLine.describe('Arguments of the server (`kind: deployment`).'),
  env: variables.describe('Environment variables of the server; never secrets (`kind: deployment`).'),
  port: z.int().min(1024).max(65535).describe('Port of the server (`kind: deployment`).'),
  readinessPath: httpPath.describe('Answers 200 when the model is loaded (`kind: deployment`).'),
};

const inferenceService = {
  mode: z.enum(['Standard', 'Knative']).describe("KServe's deployment mode (`kind: inferenceservice`)."),
  format: plainText.describe('Format of the model, such as `onnx` (`kind: inferenceservice`).'),
  runtime: labelValue
    .optional()
    .describe('ServingRuntime; without it KServe chooses one (`kind: inferenceservice`).'),
};

/** What is served, all layers merged. */
export const servingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('deployment'), ...basics, ...deployment }),
  z.strictObject({ kind: z.literal('inferenceservice'), ...basics, ...inferenceService }),
]);

/** Keys that only one kind of serving knows. */
export const servingKeys = {
  deployment: Object.keys({ ...basics, ...deployment }),
  inferenceservice: Object.keys({ ...basics, ...inferenceService }),
} as const;

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
  })
  .partial();
