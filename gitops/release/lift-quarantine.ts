import { formatQuarantine, quarantinePath } from '../../config/quarantine-files.js';
import type { QuarantinedVersion } from '../../config/quarantine.js';
import type { Checked } from '../../problems/problem.js';
import { publish } from '../publish/publish.js';
import type { PublishRequest, PublishResult } from '../publish/publish-request.js';
import { readQuarantine } from '../target/target-releases.js';
import { refuse } from './record-delivery.js';
import { checkNames, refuseNotQuarantined } from './release-problems.js';

export interface LiftRequest extends Omit<PublishRequest, 'amend' | 'selection' | 'forge'> {
  readonly model: string;
  /** The version that is good after all. */
  readonly version: string;
  /** Who says so. */
  readonly by: string;
  /** Why; for those who wonder later. */
  readonly reason?: string | undefined;
}

export interface LiftResult extends PublishResult {
  /** What is no longer held against the version. */
  readonly lifted: readonly QuarantinedVersion[];
}

/**
 * Lets a quarantined version of a model be released and promoted again. Nothing that runs changes, so it is pushed; who
 * quarantined it, and who lifted that, stays in the history.
 */
export async function liftQuarantine(request: LiftRequest): Promise<Checked<LiftResult>> {
  const { workspace, model, version, by, reason } = request;
  const unknown = checkNames(workspace, model, []);
  if (unknown.length > 0) return refuse(...unknown);
  let lifted: readonly QuarantinedVersion[] = [];
  const published = await publish({
    ...request,
    selection: { models: [model] },
    amend: async (releases, target) => {
      const { value: quarantine, problems } = await readQuarantine(target, model);
      if (quarantine === undefined) return { value: undefined, problems };
      lifted = quarantine.filter((bad) => bad.version === version);
      if (lifted.length === 0) {
        const known = quarantine.map((bad) => bad.version);
        return refuse(refuseNotQuarantined(model, version, known));
      }
      const rest = quarantine.filter((bad) => bad.version !== version);
      const value = {
        releases,
        files: new Map([[quarantinePath(model), formatQuarantine(model, rest)]]),
        environment: undefined,
        subject: `lift(${model}): version ${version} may be released again`,
        notes: `Lifted by ${by}${reason === undefined ? '.' : `: ${reason}`}`,
      };
      return { value, problems };
    },
  });
  return { value: published.value && { ...published.value, lifted }, problems: published.problems };
}
