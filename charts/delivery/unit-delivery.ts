import type { Environment, Platform } from '../../config/model.js';
import { applicationName, commonLabels, labels, projectName, projectScopes } from '../conventions.js';
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
    labels: {
      ...commonLabels,
      ...(environment === undefined ? {} : { [labels.environment]: environment }),
      ...(model === undefined ? {} : { [labels.model]: model }),
    },
  };
}
