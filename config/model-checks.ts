import type { Resources, SecretKey } from './model.js';
import type { Duration } from './values/duration.js';

/** A program of the user's own that must succeed before the model is trained: unit tests, a linter, an analysis. */
export interface Check {
  /** DNS label, unique within the model. */
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Variables with values of Secrets in the toolings namespace. */
  readonly secretEnv: Readonly<Record<string, SecretKey>>;
  readonly resources: Resources;
  /** Default 15m. */
  readonly timeout: Duration;
}
