import { z } from 'zod';

const count = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number);

/** What every step needs to know that hands a training over. */
export const handOverParams = {
  model: z.string().min(1).describe('Name of the model.'),
  environment: z.string().min(1).describe('Environment the run is for.'),
  run: z.string().min(1).describe('Name of the PipelineRun.'),
  runUid: z.string().min(1).describe('UID of the PipelineRun, which owns what is created.'),
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)
    .describe("Commit of the model's source."),
  snapshot: z.string().min(1).describe('What the data of the run is called, or "none".'),
  attempts: count.describe('How often a training that fails is tried.'),
  timeout: count.describe('Seconds that an attempt may take.'),
} as const;
