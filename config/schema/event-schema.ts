import { z } from 'zod';
import { forgeKinds } from '../model-triggers.js';
import { dnsLabel, hostName, labelKey, memory, secretDataKey, secretName } from './texts.js';

/** An entry of `events` in `driftloop.yaml`. */
export const eventSourceSchema = z.strictObject({
  kind: z.enum(forgeKinds).describe('Whose events these are: it decides how they are verified and read.'),
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

/** `listener.expose` in `driftloop.yaml`, defaults included. */
export const exposureSchema = z.strictObject({
  kind: z.enum(['ingress']).describe('What makes it reachable.'),
  host: hostName.describe('Name under which senders reach it, at `https://<host>/events/<sender>`.'),
  class: hostName.describe('The IngressClass.'),
  namespace: dnsLabel().describe("Where the IngressClass's controller runs."),
  tlsSecret: secretName.describe('Secret of the toolings namespace with the certificate of the host.'),
  bodyLimit: memory.describe(
    'Larger bodies are refused by the controller, as the listener itself has no limit.',
  ),
  annotations: z
    .record(labelKey, z.string())
    .describe('On the Ingress: for the issuer of the certificate, and the body limit of other controllers.'),
});

export const listenerSchema = z.strictObject({
  expose: exposureSchema
    .partial({ kind: true, class: true, bodyLimit: true, annotations: true })
    .optional()
    .describe('Lets in events from outside of the cluster; alerts never come from there.'),
});
