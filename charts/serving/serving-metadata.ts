import type { ApiObjectMetadata } from 'cdk8s';
import type { ReleasedModel } from '../../config/model.js';
import { modelVersionAnnotation } from '../conventions.js';

/** Name, labels and annotations of the objects that serve a model. */
export interface ServingMetadata extends ApiObjectMetadata {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
}

/** Says on the object which version runs; only on the one that changes with it, so that a release is a small diff. */
export function withVersion(metadata: ServingMetadata, released: ReleasedModel): ServingMetadata {
  return {
    ...metadata,
    annotations: { ...metadata.annotations, [modelVersionAnnotation]: released.version },
  };
}
