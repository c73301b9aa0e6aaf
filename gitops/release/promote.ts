import { findQuarantined } from '../../config/quarantine.js';
import type { ReleasedModel } from '../../config/model.js';
import { digestOf, isSameModel, originOf, releaseKey } from '../../config/release.js';
import type { Release } from '../../config/release.js';
import type { Checked, Problem } from '../../problems/problem.js';
import { systemClock } from '../clock.js';
import { deliverRecord, formatTime, isOlder, refuse } from './record-delivery.js';
import type { Decision, RecordRequest, RecordResult, Records } from './record-delivery.js';
import {
  checkNames,
  refuseDirection,
  refuseNothingReleased,
  refuseOlder,
  refuseOtherContent,
  refuseOtherVersion,
  refusePinned,
  refuseQuarantined,
  refuseUnverified,
} from './release-problems.js';

export interface PromoteRequest extends Omit<RecordRequest, 'record'> {
  readonly model: string;
  /** The environment that runs the tested version. */
  readonly from: string;
  /** The environment that receives it; it comes later in the order of promotion. */
  readonly to: string;
  /** What is promoted must be this version, and a pin of `to` is lifted. Default: whatever `from` runs, no pin is lifted. */
  readonly version?: string | undefined;
  /**
   * What is promoted must be this, too. It lifts no pin, as naming a `version` does: that is a person's to do. Default:
   * whatever `from` runs.
   */
  readonly tested?: ReleasedModel | undefined;
  /** Who or what promotes. */
  readonly by: string;
}

/**
 * Releases exactly what one environment runs, digest by digest, to a later one. It must have been verified, and be
 * neither quarantined nor older than what runs there. What runs there already is nothing to do.
 */
export async function promote(request: PromoteRequest): Promise<Checked<RecordResult>> {
  const { model, from, to, workspace } = request;
  const order = workspace.environments.map(({ name }) => name);
  const unknown = checkNames(workspace, model, [...new Set([from, to])]);
  if (unknown.length > 0) return refuse(...unknown);
  if (order.indexOf(from) >= order.indexOf(to)) return refuse(refuseDirection(from, to, order));
  return deliverRecord({ ...request, record: { model, environment: to } }, (records) =>
    decide(request, records),
  );
}

function refuseOtherTested(candidate: Release, { version, image }: ReleasedModel): Problem {
  return candidate.version === version
    ? refuseOtherContent(candidate, image)
    : refuseOtherVersion(candidate, version);
}

function decide(request: PromoteRequest, records: Records): Checked<Decision> {
  const { model, from, to, version, tested, by, clock = systemClock } = request;
  const { current } = records;
  const candidate = records.releases.get(releaseKey(from, model));
  if (candidate === undefined) return refuse(refuseNothingReleased(model, from));
  if (version !== undefined && version !== candidate.version)
    return refuse(refuseOtherVersion(candidate, version));
  if (tested !== undefined && !isSameModel(candidate, tested))
    return refuse(refuseOtherTested(candidate, tested));
  const subject = `promote(${to}/${model}): version ${candidate.version} from ${from}`;
  if (current !== undefined && isSameModel(current, candidate)) {
    const unchanged = `${to} runs version ${candidate.version} of ${model} already`;
    return { value: { release: current, unchanged, subject, notes: '' }, problems: [] };
  }
  const problems = findObstacles(request, records, candidate);
  if (problems.length > 0) return refuse(...problems);
  const release: Release = {
    ...candidate,
    environment: to,
    releasedAt: formatTime(clock.now()),
    by,
    origin: originOf(candidate),
    pinned: undefined,
  };
  return { value: { release, subject, notes: describeWay(candidate, current) }, problems: [] };
}

/** All reasons at once, so that nobody mends one only to meet the next. */
function findObstacles(
  { from, to, version }: PromoteRequest,
  { current, quarantine }: Records,
  candidate: Release,
): readonly Problem[] {
  const bad = findQuarantined(quarantine, candidate);
  // Naming a version does not help where it is quarantined.
  const pinned =
    current?.pinned !== undefined && version === undefined && bad === undefined ? current : undefined;
  return [
    bad && refuseQuarantined({ ...candidate, environment: to }, bad),
    candidate.verified?.environment === from ? undefined : refuseUnverified(candidate),
    current !== undefined && isOlder(candidate, current) ? refuseOlder(candidate, current) : undefined,
    pinned && refusePinned(pinned, `To promote it nevertheless, name it: --version ${candidate.version}.`),
  ].filter((problem) => problem !== undefined);
}

function describeWay(candidate: Release, current: Release | undefined): string {
  const { verified } = candidate;
  const instead = current === undefined ? [] : [`It takes the place of version ${current.version}.`];
  const tested = verified && `Verified in ${verified.environment} at ${verified.at} by ${verified.by}.`;
  return [`Content: ${digestOf(candidate)}.`, tested, ...instead]
    .filter((line) => line !== undefined)
    .join('\n');
}
