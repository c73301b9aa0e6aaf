import { z } from 'zod';
import { checkClusterName, checkServer } from '../values/cluster.js';
import { dnsLabel, secretDataKey, secretName, text } from './texts.js';

/** Where a cluster has the certificate of an authority, defaults included. */
export const authoritySchema = z.strictObject({
  kind: z.enum(['ConfigMap', 'Secret']).describe('What holds it.'),
  name: secretName.describe('Name of the object, in every namespace of an environment or team there.'),
  key: secretDataKey.describe('Key within it.'),
});

/** An entry of `clusters` in `driftloop.yaml`. */
const clusterSchema = z.strictObject({
  server: text(checkServer, 'CONFIG_URL', { pattern: '^https://' })
    .optional()
    .describe('Its API server, as Argo CD knows it. Default: none, Argo CD finds the cluster by its name.'),
  name: text(checkClusterName, 'CONFIG_NAME')
    .optional()
    .describe('Its name in Argo CD. Default: the key, unless `server` says which cluster it is.'),
  tektonMetrics: z
    .boolean()
    .optional()
    .describe(
      "Does Prometheus there have the metrics of the toolings' Tekton, by federation or remote write? Without them no alert there can tell that a run did not start. Default false, with a warning.",
    ),
  ca: authoritySchema
    .partial({ kind: true, key: true })
    .optional()
    .describe(
      'Who signed the certificate of `listener.expose`, for Alertmanager there. Default: an authority that everybody knows.',
    ),
});

export const clustersSchema = z
  .record(dnsLabel(20), clusterSchema)
  .describe('Clusters besides that of Argo CD and the toolings, by name.');

export type ClusterInput = z.infer<typeof clusterSchema>;

export type ClustersInput = z.infer<typeof clustersSchema>;

export const clusterName = dnsLabel(20);
