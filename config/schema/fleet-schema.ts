import { z } from 'zod';
import { accessRoles } from '../model-fleet.js';
import {
  chartName,
  chartRepository,
  chartRevision,
  distinct,
  dnsLabel,
  folder,
  groupKind,
  subjectName,
} from './texts.js';

/** Longest name that Helm gives a release. */
const releaseNameLimit = 53;

const chartSettings = {
  repo: chartRepository.describe('A Git repository, with `path`; or a Helm repository, with `chart`.'),
  path: folder.describe('Folder of the chart in its Git repository; empty for the root.'),
  chart: chartName.describe('Name of the chart in its Helm repository.'),
  revision: chartRevision.describe('Tag, commit or version of the chart; what moves is warned about.'),
  releaseName: dnsLabel(releaseNameLimit).describe(
    'Name of the Helm release. Default: the name of the chart.',
  ),
  namespace: dnsLabel().describe(
    'Where its objects go. Default: the namespace of its environment, or of the toolings.',
  ),
  values: z.record(z.string(), z.unknown()).describe('What Helm gets; maps are merged, lists replaced.'),
  kinds: distinct(groupKind).describe(
    'Kinds besides the usual ones that the chart creates in its namespace: `group/Kind`.',
  ),
  clusterKinds: distinct(groupKind).describe(
    'Kinds without a namespace that the chart creates, such as CustomResourceDefinitions.',
  ),
  podSecurity: z
    .enum(['baseline', 'restricted'])
    .describe('The strictest Pod Security Standard that its Pods keep; its namespace becomes as loose.'),
};

const chartSettingsSchema = z.strictObject(chartSettings).partial();

export type ChartSettings = z.infer<typeof chartSettingsSchema>;

/** Charts of others, by name. */
export const chartsSchema = z
  .record(
    dnsLabel(releaseNameLimit),
    chartSettingsSchema.extend({
      environments: z
        .record(dnsLabel(20), chartSettingsSchema)
        .optional()
        .describe('Where it is installed, and what is different there; without it, once in the toolings.'),
    }),
  )
  .describe('Helm charts of others that Argo CD installs, by name.');

export const accessSchema = z
  .array(
    z.strictObject({
      kind: z.enum(['User', 'Group', 'ServiceAccount']).describe('What it is.'),
      name: subjectName.describe('As Kubernetes knows it.'),
      namespace: dnsLabel().optional().describe('Of a ServiceAccount.'),
      role: z.enum(accessRoles).describe("Which of Kubernetes' own roles it gets there."),
      environments: distinct(dnsLabel(20))
        .min(1)
        .optional()
        .describe('Where; `toolings` is where pipelines run. Default: in every environment, and not there.'),
    }),
  )
  .describe(
    'Who may work in the namespaces of environments and of the toolings. An empty list takes the rights back; without the key driftloop leaves them alone.',
  );

export type AccessInput = z.infer<typeof accessSchema>;

/** Of a namespace of models. */
export const callers = distinct(dnsLabel()).describe(
  'Namespaces whose Pods may reach those of this one, besides its own and that of the monitoring: clients, and whatever lets requests in. Default: all may; of a team, as the environment says.',
);

export const teamsSchema = z
  .record(
    dnsLabel(20),
    z.strictObject({
      environments: z
        .record(
          dnsLabel(20),
          z.strictObject({
            namespace: dnsLabel().describe("Where the team's models live in this environment."),
            callers: callers.optional(),
          }),
        )
        .describe('A namespace in every environment.'),
      receivers: z
        .array(dnsLabel(40))
        .min(1)
        .optional()
        .describe("Which of the receivers the team's alerts go to. Default: all."),
      access: accessSchema.optional().describe("Who may work in the team's namespaces."),
    }),
  )
  .describe('Teams with namespaces of their own, by name; models say whose they are.');
