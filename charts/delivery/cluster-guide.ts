import type { ClusterDestination, RemoteCluster, Workspace } from '../../config/model.js';
import { alertsUrl, directories } from '../conventions.js';
import { describeMonitoring } from './bootstrap-guide.js';
import { fence, joinWords, listNames } from './markdown.js';
import {
  describeGrafana,
  describeMonitorRequirements,
  describeMonitorSecrets,
} from './monitor-requirements.js';
import { describeReceiverSecrets } from './receiver-secrets.js';
import { describeServingRequirements, describeServingSecrets } from './serving-requirements.js';
import { alertsRuns, describeClusterToken } from './token-secrets.js';

/**
 * The README of a cluster's folder of the bootstrap.
 * @param view the workspace as this cluster sees it
 */
export function describeClusterBootstrap(view: Workspace, cluster: RemoteCluster): string {
  const { name } = cluster;
  const words = joinWords(view.environments.map(describePlace));
  const sections = [
    `# Bootstrap of ${view.platform.name} on the cluster ${name}\n\nFor ${words}. Done by somebody with rights on the whole cluster: once, and again when this folder changes. Doing it twice changes nothing. Every \`kubectl\` here means this cluster, unless it names another context.`,
    describeRequirements(view),
    describeApply(view, cluster),
    describeSecrets(view, cluster),
    ...(view.platform.repository === undefined ? [] : [describeArgoCD(view, cluster)]),
  ];
  return `${sections.filter((section) => section !== undefined).join('\n\n')}\n`;
}

function describePlace({ name, team }: Workspace['environments'][number]): string {
  return team === undefined ? name : `${team} in ${name}`;
}

function describeRequirements(view: Workspace): string {
  return [
    '## Before',
    '',
    ...describeMonitoring(view),
    ...describeAlertsWay(view),
    ...describeGrafana(view),
    ...describeMonitorRequirements(view),
    ...describeServingRequirements(view),
  ].join('\n');
}

/** Rights in these namespaces are all that Argo CD needs, unless a chart of others brings more. */
function describeArgoCD({ environments, charts }: Workspace, { destination }: RemoteCluster): string {
  const namespaces = new Set([...environments, ...charts].map(({ namespace }) => namespace));
  const named = [...namespaces].map((namespace) => `--namespace ${namespace}`);
  const wide = charts.some(({ clusterKinds }) => clusterKinds.length > 0) ? ['--cluster-resources'] : [];
  return [
    '## After',
    '',
    `Argo CD gets rights in these namespaces alone, and knows this cluster ${describeDestination(destination)} (\`CONTEXT\` is that of this cluster). Namespaces that are added later, it gets by the same command:`,
    '',
    fence([['argocd cluster add CONTEXT', ...nameOption(destination), ...named, ...wide].join(' ')]),
  ].join('\n');
}

function describeDestination(destination: ClusterDestination): string {
  return 'server' in destination ? `by the server ${destination.server}` : `as \`${destination.name}\``;
}

function nameOption(destination: ClusterDestination): readonly string[] {
  return 'server' in destination ? [] : [`--name ${destination.name}`];
}

function describeAlertsWay(view: Workspace): readonly string[] {
  const { exposure, namespaces } = view.platform;
  if (exposure === undefined || !alertsRuns(view)) return [];
  return [
    `- Alertmanager, in \`${namespaces.monitoring}\`, reaches ${alertsUrl(exposure)} on the cluster of the toolings.`,
  ];
}

function describeApply({ access }: Workspace, { name }: RemoteCluster): string {
  const parts = ['namespaces', ...(access === undefined ? [] : ['the rights of people in them'])];
  return [
    '## Apply',
    '',
    `This folder holds ${joinWords(parts)}:`,
    '',
    fence([`kubectl apply --server-side --filename ${directories.clusterBootstrap(name)}/`]),
  ].join('\n');
}

function describeSecrets(view: Workspace, cluster: RemoteCluster): string | undefined {
  const secrets = [
    ...describeReceiverSecrets(view),
    ...describeMonitorSecrets(view),
    ...describeServingSecrets(view),
    ...describeAuthority(view, cluster),
    ...describeClusterToken(view, cluster),
  ];
  if (secrets.length === 0) return undefined;
  return ['## Secrets', '', 'No secret stands in Git; these must be there:', '', ...secrets].join('\n');
}

function describeAuthority(view: Workspace, { ca }: RemoteCluster): readonly string[] {
  const { exposure } = view.platform;
  if (ca === undefined || exposure === undefined || !alertsRuns(view)) return [];
  const where = listNames(view.environments.map(({ namespace }) => namespace));
  return [
    `- The ${ca.kind} \`${ca.name}\` in ${where}: \`${ca.key}\`, the certificate of the authority that signed that of ${exposure.host}`,
  ];
}
