import type { Quarantine } from '../../config/quarantine.js';
import { digestOf, isSameModel, originOf } from '../../config/release.js';
import type { Release } from '../../config/release.js';
import type { Checked, Problem } from '../../problems/problem.js';
import { systemClock } from '../clock.js';
import { Target } from '../target/target.js';
import { readReleaseHistory } from './history.js';
import { deliverRecord, formatTime, refuse } from './record-delivery.js';
import type { Decision, RecordRequest, RecordResult, Records } from './record-delivery.js';
import { checkNames, refuseBoth, refuseNothingReleased, refuseUnknownVersion } from './release-problems.js';
import { chooseEarlier } from './rollback-choice.js';

export interface RollbackRequest extends RecordRequest {
  /** The version to go back to. Default: the last one that was verified and is not quarantined. */
  readonly to?: string | undefined;
  /** Is the version that is left bad everywhere? Default false: it is only not wanted here. */
  readonly quarantine?: boolean | undefined;
  /** Why; for those who wonder later. */
  readonly reason?: string | undefined;
  /** Who or what rolls back. */
  readonly by: string;
}

/**
 * Brings back a version that an environment ran before, and pins it there until somebody releases or promotes another
 * one by name. Without a version to go back to, an environment that is rolled back already is left as it is, so that a
 * command that is repeated does not go back twice.
 */
export async function rollback(request: RollbackRequest): Promise<Checked<RecordResult>> {
  const { record, workspace } = request;
  const unknown = checkNames(workspace, record.model, [record.environment]);
  if (unknown.length > 0) return refuse(...unknown);
  return deliverRecord(request, async (records) => {
    const { current } = records;
    if (current === undefined) return refuse(refuseNothingReleased(record.model, record.environment));
    const { pinned } = current;
    if (pinned !== undefined && (request.to ?? current.version) === current.version) {
      return request.quarantine === true
        ? condemnLeft(request, records, current, await readPast(request))
        : stay(current);
    }
    return decide(request, records, current, await readPast(request));
  });
}

/** The rollback happened already, and only now somebody says that what was left is bad everywhere. */
function condemnLeft(
  request: RollbackRequest,
  records: Records,
  current: Release,
  past: readonly Release[],
): Checked<Decision> {
  const { model, environment, pinned } = current;
  const left = past.find(({ version }) => version === pinned?.insteadOf);
  if (left === undefined) {
    const known = past.map(({ version }) => version);
    return refuse(refuseUnknownVersion(model, environment, pinned?.insteadOf ?? '', known));
  }
  const quarantine = condemn(request, records.quarantine, left);
  if (quarantine === records.quarantine) return stay(current);
  const subject = `quarantine(${environment}/${model}): version ${left.version}`;
  const notes = `Quarantined by ${describeReason(request, left)}`;
  const problems = warnOthers(records, left);
  return { value: { release: current, recordOnly: true, quarantine, subject, notes }, problems };
}

/** Whoever else serves what is quarantined now goes on with it until somebody rolls it back, too. */
function warnOthers({ releases }: Records, { model, environment, image }: Release): readonly Problem[] {
  return [...releases.values()]
    .filter((other) => other.model === model && other.image === image && other.environment !== environment)
    .map((other) => ({
      code: 'CONFIG_RELEASE_QUARANTINED',
      severity: 'warning',
      message: `${other.environment} serves version ${other.version} of ${model}, too, and goes on with it`,
      hint: `Run \`driftloop rollback ${model} --env ${other.environment}\`.`,
    }));
}

function stay(current: Release): Checked<Decision> {
  const { environment, model, version, pinned } = current;
  const unchanged = `${environment} was rolled back to version ${version} of ${model} at ${pinned?.at ?? ''}; name an older one with --to to go further back`;
  return { value: { release: current, unchanged, subject: '', notes: '' }, problems: [] };
}

/** What the environment ran, newest first. */
async function readPast(request: RollbackRequest): Promise<readonly Release[]> {
  const { remote, branch, record, signal, environment } = request;
  const target = await Target.open(remote, { signal, environment });
  try {
    const { releases } = await readReleaseHistory(target, branch, record.model, [record.environment]);
    return releases.map(({ release }) => release);
  } finally {
    await target.close();
  }
}

function decide(
  request: RollbackRequest,
  records: Records,
  current: Release,
  past: readonly Release[],
): Checked<Decision> {
  const { by, reason, to } = request;
  const { model, environment, version } = current;
  if (to === version) return stayUnpinned(request, current);
  const quarantine =
    request.quarantine === true ? condemn(request, records.quarantine, current) : records.quarantine;
  const { value: earlier, problems } = chooseEarlier(past, current, quarantine, to);
  if (earlier === undefined) return { value: undefined, problems };
  const time = formatTime((request.clock ?? systemClock).now());
  const release: Release = {
    ...earlier,
    releasedAt: time,
    by,
    origin: originOf(earlier),
    pinned: { at: time, by, insteadOf: version, reason },
  };
  const subject = `rollback(${environment}/${model}): version ${earlier.version} instead of ${version}`;
  const notes = `Rolled back by ${describeReason(request, current)}`;
  const condemned = quarantine === records.quarantine ? {} : { quarantine };
  const others = quarantine === records.quarantine ? [] : warnOthers(records, current);
  return { value: { release, subject, notes, ...condemned }, problems: [...problems, ...others] };
}

function stayUnpinned({ quarantine }: RollbackRequest, current: Release): Checked<Decision> {
  const { environment, model, version } = current;
  if (quarantine === true) return refuse(refuseBoth(current));
  const unchanged = `${environment} runs version ${version} of ${model} already`;
  return { value: { release: current, unchanged, subject: '', notes: '' }, problems: [] };
}

/** What is quarantined already keeps its reason. */
function condemn(
  { by, reason, clock = systemClock }: RollbackRequest,
  quarantine: Quarantine,
  { version, image }: Release,
): Quarantine {
  if (quarantine.some((bad) => isSameModel(bad, { version, image }))) return quarantine;
  return [...quarantine, { version, image, at: formatTime(clock.now()), by, reason }];
}

function describeReason({ quarantine, reason, by }: RollbackRequest, left: Release): string {
  const mark = quarantine === true ? [`Version ${left.version} (${digestOf(left)}) is quarantined.`] : [];
  return [`${by}${reason === undefined ? '.' : `: ${reason}`}`, ...mark].join('\n');
}
