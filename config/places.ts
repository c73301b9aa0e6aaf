import type { Deployment, Environment, Model, RemoteCluster, Workspace } from './model.js';

/** Every namespace that models live in: environment by environment, each followed by what its teams have there. */
export function listPlaces({
  environments,
  teams,
}: Pick<Workspace, 'environments' | 'teams'>): readonly Environment[] {
  return environments.flatMap((environment) => [
    environment,
    ...teams.flatMap((team) => team.environments.filter(({ name }) => name === environment.name)),
  ]);
}

/** The clusters besides that of the toolings, in the order of their first environment. */
export function listClusters({ environments }: Pick<Workspace, 'environments'>): readonly RemoteCluster[] {
  const clusters = environments.flatMap(({ cluster }) => cluster ?? []);
  return [...new Map(clusters.map((cluster) => [cluster.name, cluster])).values()];
}

/** Does Prometheus of an environment have what shows that a run started? */
export function seesRuns({ cluster }: Environment): boolean {
  return cluster === undefined || cluster.tektonMetrics;
}

/** A namespace, and on which cluster: what tells two places apart. */
export function placeKey(cluster: RemoteCluster | undefined, namespace: string): string {
  return `${cluster?.name ?? ''}/${namespace}`;
}

/** Where alerts start runs of a model from another cluster. */
export function listRemoteStarts({ training, deployments }: Model): readonly Deployment[] {
  if (training === undefined) return [];
  return deployments.filter(
    ({ environment, detectors }) =>
      environment.cluster !== undefined && detectors.some(({ actions }) => actions.includes('retrain')),
  );
}
