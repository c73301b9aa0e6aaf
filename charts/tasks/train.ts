import { z } from 'zod';
import { duration } from '../../config/values/duration.js';
import { engineKinds } from '../engine-contract.js';
import { defineStep } from './step-contract.js';
import { handOverParams } from './hand-over-params.js';

const kinds = Object.entries(engineKinds).map(([kind, { apiVersion }]) =>
  z.looseObject({ apiVersion: z.literal(apiVersion), kind: z.literal(kind) }),
);

/** It travels as one text, because a Task's param cannot hold an object. */
const object = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.union(kinds));

/** Hands a training over to a controller of the cluster, and stays with it until it has ended. */
export const train = defineStep({
  name: 'train',
  description: 'Creates the object that trains, hands on its log, and fails unless it succeeds.',
  params: z.strictObject({
    ...handOverParams,
    object: object.describe(
      'JSON of the Job, TrainJob, RayJob or SparkApplication; its slots are filled by the step.',
    ),
  }),
  results: {},
  workspace: true,
  cluster: true,
  handsOver: true,
  credentials: [],
  // Each attempt finds what the one before it has created.
  retries: 2,
  timeout: duration('1h'),
  resources: { cpu: '50m', memory: '128Mi' },
});
