import { z } from 'zod';
import { duration } from '../../config/values/duration.js';
import { jsonParam } from './json-param.js';
import { repositoryParams, versionParams } from './repositories.js';
import { defineStep } from './step-contract.js';

const request = z.strictObject({
  path: z.string().startsWith('/'),
  body: z.unknown().optional(),
  bodyFile: z.string().min(1).optional(),
  status: z.int(),
  schema: z.record(z.string(), z.unknown()).optional(),
  values: z.array(
    z.strictObject({ pointer: z.string(), min: z.number().optional(), max: z.number().optional() }),
  ),
  /** Milliseconds. */
  latency: z.number().positive().optional(),
});

export type SmokeTestRequest = z.output<typeof request>;

/** Asks the served model, and writes into its release record that it was tested there. */
export const smokeTest = defineStep({
  name: 'smoke-test',
  description: 'Asks the served model what it must answer, and records the version as verified.',
  params: z.strictObject({
    model: z.string().min(1).describe('Name of the model.'),
    environment: z.string().min(1).describe('The environment that was released to.'),
    ...versionParams,
    run: z.string().min(1).describe('Name of the PipelineRun that tests.'),
    url: z.string().min(1).describe('Address of the served model within the cluster, or "none".'),
    requests: jsonParam(z.array(request)).describe(
      'JSON list of {"path", "body", "bodyFile", "status", "schema", "values", "latency"}; latency in milliseconds.',
    ),
    ...repositoryParams,
  }),
  results: { summary: 'What was asked and how long it took, in Markdown.' },
  workspace: true,
  cluster: false,
  credentials: ['git'],
  retries: 1,
  timeout: duration('10m'),
  resources: { cpu: '200m', memory: '512Mi' },
});
