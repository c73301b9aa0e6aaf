import { z } from 'zod';
import { accessSchema, callers, chartsSchema, teamsSchema } from './fleet-schema.js';
import { overridable, overridableSchema } from './overridable-schema.js';
import {
  branch,
  distinct,
  dnsLabel,
  duration,
  folder,
  gitUrl,
  image,
  labelKey,
  labelValue,
  modelGlob,
  positiveDuration,
  secretName,
} from './texts.js';
import { clusterName, clustersSchema } from './cluster-schema.js';
import { dashboardsSchema } from './dashboards-schema.js';
import { deliveryMode, deliverySchema } from './delivery-schema.js';
import { gatesSchema } from './gates-schema.js';
import { monitorSchema } from './monitor-schema.js';
import { defaultNamespace, profiles, versionsSchema } from './profile-schema.js';
import { inhibitionSchema, receiverSchema } from './receiver-schema.js';
import { runsSchema } from './runs-schema.js';
import { hydrations } from '../model-argocd.js';
import { registrySchema } from './registry-schema.js';
import { secretKey } from './secret-schema.js';
import { syncWindowsSchema } from './sync-window-schema.js';
import { timeIntervalSchema } from './time-interval-schema.js';
import { eventSourceSchema } from './event-schema.js';
import { listenerSchema } from './exposure-schema.js';
import { promotionSchema, rolloutSettings } from './rollout-schema.js';
import { imageRegistrySchema, packagingSettings } from './packaging-schema.js';
import { trainingSettings } from './training-schema.js';

const repository = {
  url: gitUrl.describe('As the cluster reaches it: https, http, ssh or file, without credentials.'),
  branch: branch.describe('Branch that is read and written.'),
};

const labelMap = z.record(labelKey, labelValue);

export const namespacesSchema = z.strictObject({
  toolings: dnsLabel().describe('Listener, pipelines and runs.'),
  argocd: dnsLabel().describe(`Where Argo CD and its Applications live. ${defaultNamespace('argocd')}`),
  monitoring: dnsLabel().describe(`Where Prometheus and Alertmanager run. ${defaultNamespace('monitoring')}`),
  tekton: dnsLabel().describe(`Where Tekton's controllers run. ${defaultNamespace('tekton')}`),
});

export const alertingSchema = z.strictObject({
  tokenSecret: secretKey.describe(
    "Secret with the listener's bearer token, in the toolings' and in every environment's namespace.",
  ),
  ruleLabels: labelMap.describe('Labels by which Prometheus selects PrometheusRules.'),
  routeLabels: labelMap.describe('Labels by which Alertmanager selects AlertmanagerConfigs.'),
  scrapeLabels: labelMap.describe('Labels by which Prometheus selects ServiceMonitors and PodMonitors.'),
  interval: positiveDuration.describe('How often rules are evaluated.'),
  groupWait: duration.describe('How long Alertmanager waits before the first retrain notification.'),
  groupInterval: positiveDuration.describe('How often Alertmanager looks at a group again.'),
  repeatInterval: positiveDuration.describe('How often Alertmanager repeats what still fires.'),
  keepFiringFor: duration.describe(
    'How long an alert stays after its condition ended, so that flapping is one episode.',
  ),
  runDeadline: positiveDuration.describe(
    'A retrain alert without a run after this long raises an alert of its own.',
  ),
});

const alertingSettings = alertingSchema.extend({
  tokenSecret: secretKey.partial().describe(alertingSchema.shape.tokenSecret.description ?? ''),
});

export const argocdSchema = z.strictObject({
  server: z
    .url({ protocol: /^https?$/ })
    .describe('API server of the cluster with Argo CD and the toolings.'),
  style: z
    .enum(['applications', 'applicationset'])
    .describe('An Application in Git for each unit, or one ApplicationSet that makes them.'),
  hydrate: z
    .enum(hydrations)
    .describe(
      "Does Argo CD's source hydrator copy each environment to a branch of its own (`branch`), or to `<branch>-next` for GitOps Promoter (`next`)?",
    ),
  selfHeal: z.boolean().describe('Does Argo CD undo manual changes?'),
  prune: z.boolean().describe('Does Argo CD remove what is no longer in Git?'),
});

export const repositorySchema = z.strictObject(repository);
export const sourceSchema = z.strictObject({
  ...repository,
  path: folder.describe('Folder of the workspace in its repository.'),
});

/** `driftloop.yaml`. */
export const platformSchema = z
  .strictObject({
    platform: dnsLabel(20).describe(
      'Name of the platform; prefix of what several platforms of one cluster must not share.',
    ),
    profile: z.enum(profiles).describe('Kind of cluster; decides API versions and features.'),
    versions: versionsSchema.partial().optional().describe('What is installed in the cluster.'),
    repository: repositorySchema
      .partial({ branch: true })
      .optional()
      .describe('The GitOps repository; without it a local one is used.'),
    delivery: deliverySchema.partial().optional().describe('How the GitOps repository is written to.'),
    source: sourceSchema
      .partial({ branch: true, path: true })
      .optional()
      .describe('The repository of this workspace; without it releases cannot be made in the cluster.'),
    namespaces: namespacesSchema
      .partial({ argocd: true, monitoring: true, tekton: true })
      .describe('Where things live.'),
    environments: z
      .record(
        dnsLabel(20),
        z.strictObject({
          namespace: dnsLabel().describe('Where the models of this environment live.'),
          cluster: clusterName
            .optional()
            .describe('Which of the `clusters` they live on. Default: that of the toolings.'),
          callers: callers.optional(),
          delivery: deliveryMode.optional(),
          syncWindows: syncWindowsSchema.optional(),
          defaults: overridableSchema
            .optional()
            .describe('What holds for all models of this environment, unless they say otherwise.'),
        }),
      )
      .describe('In the order of promotion; the first receives what retraining releases.'),
    clusters: clustersSchema.optional(),
    monitors: z
      .record(dnsLabel(), monitorSchema)
      .optional()
      .describe('What exports metrics about models, by name.'),
    dashboards: dashboardsSchema
      .partial()
      .optional()
      .describe('Dashboards of Grafana; `{}` takes all defaults.'),
    alerting: alertingSettings.partial().optional().describe('How alerts are evaluated and routed.'),
    listener: listenerSchema.optional().describe('Where alerts and events arrive.'),
    events: z
      .record(dnsLabel(40), eventSourceSchema)
      .optional()
      .describe('What sends events that start runs, by name: forges, object stores, model registries.'),
    receivers: z.record(dnsLabel(40), receiverSchema).optional().describe('Who gets notifications, by name.'),
    timeIntervals: z
      .record(dnsLabel(40), timeIntervalSchema)
      .optional()
      .describe('When receivers are told or left alone, and when no run starts, by name.'),
    inhibition: inhibitionSchema
      .partial()
      .optional()
      .describe('Which alerts for people another one makes needless; a run is never kept from starting.'),
    runs: runsSchema.partial().optional().describe('What holds for the runs of all models.'),
    registry: registrySchema.optional(),
    images: z
      .strictObject({ steps: image.describe('The step runner, built from Containerfile.') })
      .describe('Images driftloop puts into the cluster.'),
    imageRegistry: imageRegistrySchema.optional().describe('How images of models are pushed and pulled.'),
    argocd: argocdSchema.partial().optional().describe('How Argo CD applies the units.'),
    models: distinct(modelGlob)
      .min(1)
      .optional()
      .describe('Files that describe models: paths with `*` and `?`, and `**` for any folders.'),
    teams: teamsSchema.optional(),
    charts: chartsSchema.optional(),
    access: accessSchema.optional(),
    gitCredentials: secretName
      .optional()
      .describe('Secret of the toolings namespace with `username` and `password` for Git.'),
    defaults: z
      .strictObject({
        ...overridable,
        training: trainingSettings.optional().describe('For models that are trained.'),
        gates: gatesSchema.optional().describe('For models that are trained.'),
        rollout: rolloutSettings.optional(),
        promotion: promotionSchema.optional(),
        ...packagingSettings,
      })
      .optional()
      .describe('What holds for all models, unless an environment or model says otherwise.'),
  })
  .meta({ title: 'driftloop platform', description: 'The platform of a workspace: driftloop.yaml' });

export type PlatformInput = z.infer<typeof platformSchema>;
