import type { Platform, RemoteCluster, Repository, Workspace } from '../../config/model.js';
import { listClusters } from '../../config/places.js';
import { listRetrained } from '../contract.js';
import { directories } from '../conventions.js';
import type { ChartBlueprint, UnitBlueprint } from '../unit.js';
import { AccessBindings } from './access-bindings.js';
import { describeBootstrap } from './bootstrap-guide.js';
import { describeClusterBootstrap } from './cluster-guide.js';
import { viewCluster } from './cluster-view.js';
import { HealthChecks } from './health-checks.js';
import { ListenerRights } from './listener-rights.js';
import { Namespaces } from './namespaces.js';
import type { NamespacesProps } from './namespaces.js';
import { Root } from './root.js';

/** What a person with rights on a whole cluster applies there once: a folder for each cluster. */
export function planBootstrap(workspace: Workspace): readonly UnitBlueprint[] {
  const clusters = listClusters(workspace);
  return [
    planOwnBootstrap(viewCluster(workspace, undefined), clusters),
    ...clusters.map((cluster) => planClusterBootstrap(workspace, cluster)),
  ];
}

/** On the cluster of Argo CD and the toolings. */
function planOwnBootstrap(view: Workspace, clusters: readonly RemoteCluster[]): UnitBlueprint {
  const { platform, models } = view;
  const directory = directories.bootstrap;
  const listens = listRetrained(models).length > 0;
  const toolings = listens ? platform.namespaces.toolings : undefined;
  return {
    unit: { name: directory, directory, environment: undefined, model: undefined },
    charts: [
      planNamespaces({ ...view, hasArgoCD: true, others: toolings === undefined ? [] : [toolings] }),
      ...planAccess(view, toolings),
      ...(listens ? planListenerRights(platform) : []),
      ...(platform.repository === undefined ? [] : planRoot(platform, platform.repository, listens)),
    ],
    texts: [{ path: 'README.md', text: describeBootstrap(view, clusters) }],
  };
}

function planClusterBootstrap(workspace: Workspace, cluster: RemoteCluster): UnitBlueprint {
  const view = viewCluster(workspace, cluster);
  const directory = directories.clusterBootstrap(cluster.name);
  return {
    unit: { name: directory, directory, environment: undefined, model: undefined, cluster: cluster.name },
    charts: [planNamespaces({ ...view, hasArgoCD: false, others: [] }), ...planAccess(view, undefined)],
    texts: [{ path: 'README.md', text: describeClusterBootstrap(view, cluster) }],
  };
}

function planNamespaces(props: NamespacesProps): ChartBlueprint {
  const capability = 'namespaces';
  return { capability, create: (scope) => new Namespaces(scope, capability, props) };
}

function planAccess(
  { environments, access }: Workspace,
  toolings: string | undefined,
): readonly ChartBlueprint[] {
  if (access === undefined) return [];
  const capability = 'access';
  const props = { environments, toolings, access };
  return [{ capability, create: (scope) => new AccessBindings(scope, capability, props) }];
}

function planListenerRights(platform: Platform): readonly ChartBlueprint[] {
  const capability = 'listener-rights';
  return [{ capability, create: (scope) => new ListenerRights(scope, capability, { platform }) }];
}

function planRoot(platform: Platform, repository: Repository, listens: boolean): readonly ChartBlueprint[] {
  const checks: ChartBlueprint = {
    capability: 'health-checks',
    create: (scope) => new HealthChecks(scope, 'health-checks', { platform }),
  };
  return [
    ...(listens && platform.capabilities.argocdSettings === 'argocd-cm' ? [checks] : []),
    { capability: 'root', create: (scope) => new Root(scope, 'root', { platform, repository }) },
  ];
}
