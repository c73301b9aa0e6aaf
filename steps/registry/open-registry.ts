import type { ModelRegistryKind } from '../../config/model-registry.js';
import { KubeflowRegistry } from './kubeflow.js';
import { MlflowRegistry } from './mlflow.js';
import type { ModelRegistry } from './model-registry.js';
import type { RegistryServer } from './registry-client.js';

export function openRegistry(kind: ModelRegistryKind, server: RegistryServer): ModelRegistry {
  return kind === 'mlflow' ? new MlflowRegistry(server) : new KubeflowRegistry(server);
}
