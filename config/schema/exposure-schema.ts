import { z } from 'zod';
import { exposureKinds } from '../model-exposure.js';
import { dnsLabel, hostName, labelKey, memory, secretName } from './texts.js';

/** `listener.expose` in `driftloop.yaml`, as far as all kinds share it. */
const door = {
  host: hostName.describe('Name under which senders reach it, at `https://<host>/events/<sender>`.'),
  namespace: dnsLabel().describe(
    "Where the controller's proxies run, which alone may pass on what comes from outside. Default of a route: `openshift-ingress`.",
  ),
  annotations: z
    .record(labelKey, z.string())
    .describe(
      'On the object: for the issuer of the certificate, and whatever the controller has of its own.',
    ),
};

const ingress = {
  class: hostName.describe('Of an Ingress: the IngressClass. Default `nginx`.'),
  tlsSecret: secretName.describe('Of an Ingress: Secret of the toolings namespace with the certificate.'),
  bodyLimit: memory.describe(
    'Of an Ingress: larger bodies are refused, as the listener itself has no limit. Default 5Mi.',
  ),
};

const gateway = z.strictObject({
  name: hostName.describe('Name of the Gateway.'),
  namespace: dnsLabel().describe('Its namespace.'),
  listener: hostName.describe('Its listener with the certificate. Default `https`.'),
});

/** With the defaults of its kind; what belongs to another kind has been refused before. */
export const exposureSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ingress'), ...door, ...ingress, bodyLimit: ingress.bodyLimit.optional() }),
  z.object({ kind: z.literal('route'), ...door }),
  z.object({ kind: z.literal('httproute'), ...door, gateway }),
]);

export const listenerSchema = z.strictObject({
  expose: z
    .strictObject({
      kind: z
        .enum(exposureKinds)
        .optional()
        .describe('What makes it reachable. Default by profile: `ingress`, on OpenShift `route`.'),
      ...door,
      namespace: door.namespace.optional(),
      annotations: door.annotations.optional(),
      ...z.object(ingress).partial().shape,
      gateway: gateway
        .partial({ listener: true })
        .optional()
        .describe('Of an HTTPRoute: what it hangs on, which has the certificate.'),
    })
    .optional()
    .describe('Lets in what comes from outside of the cluster: events, and alerts of other clusters.'),
});

export type ExposureInput = NonNullable<z.infer<typeof listenerSchema>['expose']>;
