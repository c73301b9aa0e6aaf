import type { Deployment, Model, Platform } from '../config/model.js';
import type { AlertSubject } from './contract.js';

/** A model in one environment, with the platform it runs on. */
export interface ModelInEnvironment {
  readonly platform: Platform;
  readonly model: Model;
  /** One of the model's deployments. */
  readonly deployment: Deployment;
}

export function subjectOf({ model, deployment }: ModelInEnvironment): AlertSubject {
  const { name, namespace } = deployment.environment;
  return { model: model.name, environment: name, namespace };
}
