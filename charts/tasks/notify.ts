import { z } from 'zod';
import { runEvents } from '../../config/model-runs.js';
import { duration } from '../../config/values/duration.js';
import { jsonParam } from './json-param.js';
import { defineStep } from './step-contract.js';

const name = z.string().min(1);

/** Who is told, without anything secret; that comes from variables (credentials.ts). */
export const notificationTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('slack'), name, channel: z.string() }),
  z.strictObject({ kind: z.literal('teams'), name }),
  z.strictObject({ kind: z.literal('webhook'), name, url: z.url().optional() }),
  z.strictObject({
    kind: z.literal('email'),
    name,
    to: z.array(z.string()).min(1),
    from: z.string(),
    smarthost: z.string(),
    requireTls: z.boolean(),
    username: z.string().optional(),
  }),
]);

export type NotificationTarget = z.output<typeof notificationTarget>;

const messages = z.strictObject({
  receivers: z.array(notificationTarget).min(1),
  on: z.array(z.enum(runEvents)).min(1),
  title: z.string(),
  text: z.string(),
});

export type RunMessages = z.output<typeof messages>;

/** Tells people how a run begins or ends; it never fails a run, because a chat that is away is no fault of a model. */
export const notify = defineStep({
  name: 'notify',
  description: 'Tells people how the run begins or ends, each of them once.',
  params: z.strictObject({
    model: z.string().min(1).describe('Name of the model.'),
    run: z.string().min(1).describe('Name of the PipelineRun.'),
    moment: z.enum(['begin', 'end']).describe('"begin" or "end" of the run.'),
    messages: jsonParam(messages).describe(
      'Receivers, what they are told of, and templates, as JSON (runs.notify).',
    ),
  }),
  results: { notified: 'How many messages were sent.' },
  workspace: false,
  cluster: true,
  credentials: ['receivers'],
  // Each receiver is asked several times; a second attempt would not know more.
  retries: 0,
  timeout: duration('4m'),
  resources: { cpu: '50m', memory: '128Mi' },
});
