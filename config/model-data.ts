import type { ContainerResources, SecretKey } from './model.js';
import type { Duration } from './values/duration.js';

/** A program of the user's that puts the data of a training into a folder of the run. */
export interface DataCollection {
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Variables with values of Secrets in the toolings namespace. */
  readonly secretEnv: Readonly<Record<string, SecretKey>>;
  readonly resources: ContainerResources;
  /** Deadline of one attempt. Default 30m. */
  readonly timeout: Duration;
  /** Attempts after a failed one. Default 1. */
  readonly retries: number;
}
