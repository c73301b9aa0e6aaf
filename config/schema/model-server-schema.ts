import { z } from 'zod';
import { commandLine, resourcesSchema, variables } from './pod-schema.js';
import { httpPath, image } from './texts.js';

const port = z.int().min(1024).max(65535);

/** The server of the model's own ServingRuntime, all layers merged. */
export const modelServerSchema = z.strictObject({
  image: image.describe('Image of the server, pinned.'),
  command: commandLine.describe('Command of the server.'),
  args: commandLine.describe(
    'Arguments; `{{.Name}}` is the name of the InferenceService, the files are in `/mnt/models`.',
  ),
  env: variables.describe('Environment variables; never secrets.'),
  port: port.describe('Port of the server.'),
  protocol: z.enum(['v1', 'v2']).describe('Inference protocol that the server speaks.'),
  readinessPath: httpPath
    .optional()
    .describe('Answers 200 when the model is loaded; without it an open port is enough.'),
});

/** What prepares requests and answers, all layers merged. */
export const transformerSchema = z.strictObject({
  placement: z
    .enum(['sidecar', 'component'])
    .describe(
      '`sidecar`: in the Pods of the model; `component`: in Pods of its own, with arguments that KServe adds.',
    ),
  image: image.describe('Image of the transformer, pinned.'),
  command: commandLine.describe('Command of the transformer.'),
  args: commandLine.describe('Arguments of the transformer; a sidecar reaches the model at `localhost`.'),
  env: variables.describe('Environment variables, such as the address of a feature store; never secrets.'),
  resources: resourcesSchema.describe('What each transformer gets.'),
  port: port.describe('Port of the transformer, which callers reach instead of the model.'),
});

export const transformerSettings = transformerSchema
  .extend({ resources: resourcesSchema.partial().describe('What each transformer gets.') })
  .partial();
