import type { ReleasedModel } from './model.js';

/** What runs in an environment; written by machines to `releases/<environment>/<model>.yaml` of the target. */
export interface Release extends ReleasedModel {
  readonly model: string;
  readonly environment: string;
  /** RFC 3339, UTC. */
  readonly releasedAt: string;
  /** What made it: the PipelineRun's name, or the person's `driftloop release`. */
  readonly by: string;
  /** Commit of the model's source it was trained from. */
  readonly commit: string | undefined;
  /** Metrics the gates saw. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** Releases by `releaseKey`. */
export type Releases = ReadonlyMap<string, Release>;

export function releaseKey(environment: string, model: string): string {
  return `${environment}/${model}`;
}
