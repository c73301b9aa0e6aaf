import type { Checked } from '../../problems/problem.js';
import { systemClock } from '../clock.js';
import { deliverRecord, formatTime, refuse } from './record-delivery.js';
import type { RecordRequest, RecordResult } from './record-delivery.js';
import { refuseNothingReleased, refuseOtherContent, refuseOtherVersion } from './release-problems.js';

export interface VerifyRequest extends RecordRequest {
  /** The version that was tested; the environment must still run it. */
  readonly version: string;
  /** Where that is known, the digest that was tested; a version of the same name with another one is not it. */
  readonly image?: string | undefined;
  /** Who or what tested it. */
  readonly by: string;
}

/**
 * Records that what an environment runs was tested there, which is what a promotion asks for. Nothing is rendered, and
 * nothing that is delivered changes. What was verified already stays as it is.
 */
export function verify(request: VerifyRequest): Promise<Checked<RecordResult>> {
  const { version, image, by, clock = systemClock } = request;
  const { model, environment } = request.record;
  return deliverRecord({ ...request, forge: undefined }, ({ current }) => {
    if (current === undefined) return refuse(refuseNothingReleased(model, environment));
    if (current.version !== version) return refuse(refuseOtherVersion(current, version));
    if (image !== undefined && current.image !== image) return refuse(refuseOtherContent(current, image));
    const subject = `verify(${environment}/${model}): version ${version}`;
    if (current.verified?.environment === environment) {
      const unchanged = `version ${version} of ${model} was verified in ${environment} at ${current.verified.at}`;
      return { value: { release: current, unchanged, subject, notes: '' }, problems: [] };
    }
    const release = { ...current, verified: { environment, at: formatTime(clock.now()), by } };
    return { value: { release, recordOnly: true, subject, notes: `Verified by ${by}.` }, problems: [] };
  });
}
