import type { ServerAccess } from './model-runs.js';

/** Kinds of model registries that versions are registered in. */
export const modelRegistryKinds = ['mlflow', 'kubeflow'] as const;

export type ModelRegistryKind = (typeof modelRegistryKinds)[number];

/** Where versions are registered, and labelled with the environments that run them. */
export interface ModelRegistry extends ServerAccess {
  readonly kind: ModelRegistryKind;
}
