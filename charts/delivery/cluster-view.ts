import type { RemoteCluster, Workspace } from '../../config/model.js';
import { listPlaces } from '../../config/places.js';

/**
 * A workspace as one of its clusters sees it: with what stands there, namespaces of teams among the environments, because
 * they need what those of environments need.
 * @param cluster undefined: that of the toolings
 */
export function viewCluster(workspace: Workspace, cluster: RemoteCluster | undefined): Workspace {
  const isHere = (other: RemoteCluster | undefined) => other?.name === cluster?.name;
  return {
    ...workspace,
    environments: listPlaces(workspace).filter((place) => isHere(place.cluster)),
    models: workspace.models.map((model) => ({
      ...model,
      deployments: model.deployments.filter(({ environment }) => isHere(environment.cluster)),
    })),
    charts: workspace.charts.filter(({ environment }) => isHere(environment?.cluster)),
  };
}
