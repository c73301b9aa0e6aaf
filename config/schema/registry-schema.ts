import { z } from 'zod';
import { modelRegistryKinds } from '../model-registry.js';
import { serverAccess } from './runs-schema.js';

/** `registry` of `driftloop.yaml`. */
export const registrySchema = z
  .strictObject({
    kind: z.enum(modelRegistryKinds).describe('MLflow, or the Kubeflow Model Registry.'),
    ...serverAccess,
  })
  .describe('Where every version of a model is registered; without it, in the GitOps repository alone.');

export type RegistryInput = z.infer<typeof registrySchema>;
