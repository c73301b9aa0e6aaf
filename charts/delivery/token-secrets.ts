import type { Platform, RemoteCluster, Workspace } from '../../config/model.js';
import { startsRuns } from '../contract.js';
import { alertToken } from '../conventions.js';
import { fence } from './markdown.js';

/** The token of the cluster of the toolings. */
export function describeToken({ platform, environments }: Workspace): readonly string[] {
  const { name } = platform.alerting.tokenSecret;
  const places = [platform.namespaces.toolings, ...environments.map(({ namespace }) => namespace)];
  return [
    `- \`${name}\`: the token by which the listener knows Alertmanager, the same in all of these namespaces:`,
    '',
    fence([makeToken, ...createIn(platform, undefined, [...new Set(places)])]),
  ];
}

/** The token of another cluster, which stands on both; nothing when no alert there starts runs. */
export function describeClusterToken(view: Workspace, cluster: RemoteCluster): readonly string[] {
  if (!alertsRuns(view)) return [];
  const { platform, environments } = view;
  const { name, key } = alertToken(platform, cluster);
  const namespaces = [...new Set(environments.map(({ namespace }) => namespace))];
  return [
    `- \`${name}\`: the token by which the listener knows Alertmanager of this cluster, the same here and on the cluster of the toolings (\`TOOLINGS\` is its context):`,
    '',
    fence([
      makeToken,
      ...createIn(platform, cluster, namespaces),
      `kubectl --context TOOLINGS --namespace ${platform.namespaces.toolings} create secret generic ${name} --from-literal="${key}=$token"`,
    ]),
  ];
}

/** Does an alert of what a cluster holds start runs? */
export function alertsRuns({ models }: Workspace): boolean {
  return models.some(({ deployments }) => deployments.some(startsRuns));
}

const makeToken = 'token="$(openssl rand -hex 32)"';

function createIn(
  platform: Platform,
  cluster: RemoteCluster | undefined,
  namespaces: readonly string[],
): readonly string[] {
  const { name, key } = alertToken(platform, cluster);
  return [
    `for namespace in ${namespaces.join(' ')}; do`,
    `  kubectl --namespace "$namespace" create secret generic ${name} --from-literal="${key}=$token"`,
    'done',
  ];
}
