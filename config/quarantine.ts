import type { ReleasedModel } from './model.js';

/** A version that nobody may release any more; written by machines to `releases/.quarantine/<model>.yaml` of the target. */
export interface QuarantinedVersion extends ReleasedModel {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly by: string;
  readonly reason?: string | undefined;
}

/** What is quarantined of one model, in the order it happened. */
export type Quarantine = readonly QuarantinedVersion[];

/** The same content under another name is as bad, and a name that was called bad is not given to something else. */
export function findQuarantined(
  quarantine: Quarantine,
  { version, image }: ReleasedModel,
): QuarantinedVersion | undefined {
  return quarantine.find((bad) => bad.image === image || bad.version === version);
}
