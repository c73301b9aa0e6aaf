import { z } from 'zod';
import { eventSourceKinds } from '../model-triggers.js';
import { dnsLabel, secretDataKey, secretName } from './texts.js';

/** An entry of `events` in `driftloop.yaml`. */
export const eventSourceSchema = z.strictObject({
  kind: z
    .enum(eventSourceKinds)
    .describe('Whose events these are: it decides how they are verified and read.'),
  secret: z
    .strictObject({
      name: secretName.describe('Name of the Secret, in the toolings namespace.'),
      key: secretDataKey.describe('Key within the Secret.'),
    })
    .describe('What the sender signs with, or its token; an event that it does not verify starts nothing.'),
  namespace: dnsLabel()
    .optional()
    .describe('Where it runs in the cluster; without it, it sends from outside, through `listener.expose`.'),
});

export type EventSourceInput = z.infer<typeof eventSourceSchema>;
