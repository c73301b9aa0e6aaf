import type { Environment, Platform } from '../../config/model.js';
import {
  applicationName,
  commonLabels,
  hydratedBranch,
  labels,
  projectName,
  projectScopes,
} from '../conventions.js';
import type { Unit } from '../unit.js';
import { destinationOf } from './destination.js';
import type { Destination } from './destination.js';

/** How Argo CD delivers a unit: what its Application says that others do not, in either style of delivery. */
export interface UnitDelivery {
  /** Name of its Application. */
  readonly application: string;
  readonly project: string;
  /** In the repository. */
  readonly folder: string;
  readonly namespace: string;
  readonly destination: Destination;
  readonly labels: Readonly<Record<string, string>>;
  /**
   * Branches that Argo CD copies the folder to before it applies it.
   * @default - it applies what is on the branch of the repository
   */
  readonly hydration?: HydratedBranches;
}

/** Where a folder is copied to, and from where it is applied: the same branch, unless people look at it in between. */
export interface HydratedBranches {
  readonly applied: string;
  readonly hydrated: string;
}

/** @param place where its objects go; undefined: to the toolings */
export function deliverUnit(platform: Platform, unit: Unit, place: Environment | undefined): UnitDelivery {
  const { environment, model } = unit;
  const scope =
    place === undefined ? projectScopes.toolings : projectScopes.environment(place.name, place.team);
  return {
    application: applicationName(platform.name, unit.name),
    project: projectName(platform.name, scope),
    folder: unit.directory,
    namespace: place?.namespace ?? platform.namespaces.toolings,
    destination: destinationOf(platform, place?.cluster),
    ...(environment === undefined || platform.argocd.hydrate === 'off'
      ? {}
      : { hydration: branchesOf(environment, platform.argocd.hydrate) }),
    labels: {
      ...commonLabels,
      ...(environment === undefined ? {} : { [labels.environment]: environment }),
      ...(model === undefined ? {} : { [labels.model]: model }),
    },
  };
}

/** The suffix is GitOps Promoter's. */
function branchesOf(environment: string, hydrate: 'branch' | 'next'): HydratedBranches {
  const applied = hydratedBranch(environment);
  return { applied, hydrated: hydrate === 'next' ? `${applied}-next` : applied };
}
