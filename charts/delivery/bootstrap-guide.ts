import type { Labels, Model, Platform, RemoteCluster, Workspace } from '../../config/model.js';
import { listRetrained } from '../contract.js';
import { describeEventSecrets } from './event-secrets.js';
import {
  describeGrafana,
  describeMonitorRequirements,
  describeMonitorSecrets,
  describeScraping,
} from './monitor-requirements.js';
import { describeHydrator } from './hydrator-requirements.js';
import { fence, joinWords, listNames } from './markdown.js';
import { describePackagingSecrets } from './packaging-secrets.js';
import { describeReceiverSecrets } from './receiver-secrets.js';
import { describeRunSecrets } from './run-secrets.js';
import { describeServingRequirements, describeServingSecrets } from './serving-requirements.js';
import { describeToken } from './token-secrets.js';
import {
  describeOpenShiftGitOps,
  describeOpenShiftPipelines,
  describeProjectMonitoring,
} from './openshift-requirements.js';
import { applicationName, directories, projectScopes } from '../conventions.js';

/**
 * The README of the bootstrap folder: what to do by hand, with names of this workspace.
 * @param workspace as the cluster of the toolings sees it
 * @param clusters the others
 */
export function describeBootstrap(workspace: Workspace, clusters: readonly RemoteCluster[] = []): string {
  const { platform, models } = workspace;
  const listens = listRetrained(models).length > 0;
  const sections = [
    `# Bootstrap of ${platform.name}\n\nDone by somebody with rights on the whole cluster: once, and again when this folder changes. Doing it twice changes nothing.`,
    describeRequirements(workspace, listens),
    describeApply(workspace, listens, clusters),
    describeSecrets(workspace, listens),
    describeAfter(platform, listens),
  ];
  return `${sections.filter((section) => section !== undefined).join('\n\n')}\n`;
}

function describeRequirements(workspace: Workspace, listens: boolean): string {
  const { platform } = workspace;
  return [
    '## Before',
    '',
    ...describeMonitoring(workspace),
    ...describeGrafana(workspace),
    ...(platform.repository === undefined ? [] : describeArgoCD(platform, listens)),
    ...describeMonitorRequirements(workspace),
    ...describeServingRequirements(workspace),
    ...(listens ? describeTekton(platform) : []),
  ].join('\n');
}

function describeArgoCD(platform: Platform, listens: boolean): readonly string[] {
  const { namespaces, capabilities } = platform;
  const installed =
    capabilities.argocdSettings === 'ArgoCD'
      ? describeOpenShiftGitOps(namespaces.argocd, listens)
      : [`- Argo CD is installed in the namespace \`${namespaces.argocd}\`.`];
  return [...installed, ...describeHydrator(platform)];
}

/** What reads rules and routes in the namespaces of a cluster; nothing where there is none. */
export function describeMonitoring(workspace: Workspace): readonly string[] {
  const { platform, environments } = workspace;
  if (environments.length === 0) return [];
  if (platform.capabilities.ruleView === 'namespace') return describeProjectMonitoring(workspace);
  const { alerting } = platform;
  const watched = listNames(environments.map(({ namespace }) => namespace));
  return [
    `- The Prometheus operator is installed, and selects in ${watched}:`,
    `  - PrometheusRules${describeLabels(alerting.ruleLabels)} (\`ruleNamespaceSelector\` and \`ruleSelector\` of the Prometheus object)`,
    `  - AlertmanagerConfigs${describeLabels(alerting.routeLabels)} (\`alertmanagerConfigNamespaceSelector\` and \`alertmanagerConfigSelector\` of the Alertmanager object)`,
    ...describeScraping(workspace),
  ];
}

function describeLabels(labels: Labels): string {
  const written = Object.entries(labels).map(([name, value]) => `\`${name}: ${value}\``);
  return written.length === 0 ? '' : ` with ${written.join(', ')}`;
}

function describeTekton({ capabilities, namespaces }: Platform): readonly string[] {
  if (capabilities.tektonContainers === 'cluster') return describeOpenShiftPipelines();
  return [
    '- Tekton Pipelines and Triggers are installed, and Prometheus scrapes the metrics of their controllers: without them every retraining is reported as not started.',
    '- Tekton makes its own containers fit Pod Security "restricted":',
    '',
    fence([
      `kubectl --namespace ${namespaces.tekton} patch configmap feature-flags --type merge \\`,
      `  --patch '{"data":{"set-security-context":"true"}}'`,
    ]),
  ];
}

function describeApply(workspace: Workspace, listens: boolean, clusters: readonly RemoteCluster[]): string {
  const { platform, access } = workspace;
  const { repository, capabilities } = platform;
  const delivered = repository !== undefined;
  const checked = delivered && listens && capabilities.argocdSettings === 'argocd-cm';
  const parts = [
    'namespaces',
    ...(access === undefined ? [] : ['the rights of people in them']),
    ...(listens ? ['the cluster-wide rights of the listener'] : []),
    ...(checked ? ['a health check for Argo CD'] : []),
    ...(delivered ? ['the root Application'] : []),
  ];
  return [
    '## Apply',
    '',
    `This folder holds ${joinWords(parts)}. Server-side, because \`kubectl\` would otherwise take over settings of others:`,
    '',
    fence([`kubectl apply --server-side --filename ${directories.bootstrap}/`]),
    ...(clusters.length === 0 ? [] : ['', describeClusters(clusters)]),
  ].join('\n');
}

function describeClusters(clusters: readonly RemoteCluster[]): string {
  const guides = clusters.map(({ name }) => `[${name}](${name}/README.md)`);
  return `Each other cluster has a folder here, with a guide of its own: ${joinWords(guides)}.`;
}

function describeSecrets(workspace: Workspace, listens: boolean): string | undefined {
  const { gitCredentials, namespaces } = workspace.platform;
  const others = [
    ...(gitCredentials === undefined || !listens
      ? []
      : [`- \`${gitCredentials}\` in \`${namespaces.toolings}\`: \`username\` and \`password\` for Git`]),
    ...(listens ? describeRunSecrets(workspace.platform) : []),
    ...describeEventSecrets(workspace),
    ...workspace.models.flatMap((model) => describeCheckSecrets(model, namespaces.toolings)),
    ...(listens ? describePackagingSecrets(workspace) : []),
    ...describeReceiverSecrets(workspace),
    ...describeMonitorSecrets(workspace),
    ...describeServingSecrets(workspace),
  ];
  if (!listens && others.length === 0) return undefined;
  return [
    '## Secrets',
    '',
    'No secret stands in Git; these must be there:',
    '',
    ...others,
    ...(listens ? describeToken(workspace) : []),
  ].join('\n');
}

/** Of models that are trained; other checks do not run. */
function describeCheckSecrets({ name, training, checks }: Model, namespace: string): readonly string[] {
  if (training === undefined) return [];
  return checks.flatMap((check) =>
    Object.values(check.secretEnv).map(
      (secret) =>
        `- \`${secret.name}\` in \`${namespace}\`: \`${secret.key}\` for the check ${check.name} of ${name}`,
    ),
  );
}

function describeAfter(platform: Platform, listens: boolean): string | undefined {
  const { name, namespaces, repository } = platform;
  const root = applicationName(name, projectScopes.root);
  const delivery = [
    `Argo CD reads ${repository?.url ?? ''}; a private repository needs its credentials there. Then everything follows from Git:`,
    '',
    fence([`kubectl --namespace ${namespaces.argocd} get application ${root} --watch`]),
  ];
  const retention = `Runs and their volumes stay in \`${namespaces.toolings}\` until they are deleted, by hand or by Tekton's pruner. A run must stay for as long as the alert that started it fires: repeated, the alert would start it again.`;
  const parts = [...(repository === undefined ? [] : [delivery.join('\n')]), ...(listens ? [retention] : [])];
  return parts.length === 0 ? undefined : ['## After', ...parts].join('\n\n');
}
