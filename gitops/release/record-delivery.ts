import { formatQuarantine, quarantinePath } from '../../config/quarantine-files.js';
import type { Quarantine } from '../../config/quarantine.js';
import { checkRelease, formatRelease, releasePath } from '../../config/release-files.js';
import { originOf, releaseKey } from '../../config/release.js';
import type { Release, Releases } from '../../config/release.js';
import type { Checked, Problem } from '../../problems/problem.js';
import { hasErrors } from '../../problems/problem.js';
import type { Amendment } from '../publish/delivery.js';
import type { CommitReference } from '../publish/hydrator-metadata.js';
import { publish } from '../publish/publish.js';
import type { PublishRequest, PublishResult } from '../publish/publish-request.js';
import type { TargetTree } from '../target/target-tree.js';
import { readQuarantine } from '../target/target-releases.js';
import { compareReleases } from './comparison.js';
import type { Comparison } from './comparison.js';
import { isSettled, keepTimes } from './proposed-times.js';
import { checkNames } from './release-problems.js';

/** Where the record of one model in one environment changes. */
export interface RecordRequest extends Omit<PublishRequest, 'amend' | 'selection'> {
  readonly record: RecordName;
}

export interface RecordName {
  readonly model: string;
  readonly environment: string;
}

/** What is recorded about the model at the target's newest commit. */
export interface Records {
  readonly releases: Releases;
  /** What the environment runs; undefined: nothing was released to it. */
  readonly current: Release | undefined;
  readonly quarantine: Quarantine;
  readonly target: TargetTree;
}

/** What shall be recorded. */
export interface Decision {
  readonly release: Release;
  /** The record stands as it should already; the sentence says so to people. */
  readonly unchanged?: string;
  /** Changes of the record that change nothing that runs. Default false. */
  readonly recordOnly?: boolean;
  /** The model's quarantine from now on. Default: as it is. */
  readonly quarantine?: Quarantine;
  readonly subject: string;
  /** For the commit message; '' for nothing. */
  readonly notes: string;
}

export type Decide = (records: Records) => Promise<Checked<Decision>> | Checked<Decision>;

export interface RecordResult extends PublishResult {
  /** What the environment runs from now on. */
  readonly release: Release;
  /** What it ran before; undefined: nothing. */
  readonly previous: Release | undefined;
  /** Both side by side; undefined: nothing else comes to run. */
  readonly comparison?: Comparison;
  /** Why there was nothing to do, where that is so. */
  readonly note?: string;
}

/**
 * Changes one release record and delivers the model's unit rendered with it, in one commit. It is decided anew on each
 * commit of the target, so whoever was faster is taken into account. Nothing to change is no commit.
 */
export async function deliverRecord(request: RecordRequest, decide: Decide): Promise<Checked<RecordResult>> {
  const { workspace } = request;
  const { environment, model } = request.record;
  const problems = checkNames(workspace, model, [environment]);
  if (problems.length > 0) return { value: undefined, problems };
  let last: { readonly decision: Decision; readonly previous: Release | undefined } | undefined;
  const published = await publish({
    ...request,
    selection: { environments: [environment], models: [model] },
    amend: async (releases, target, proposed) => {
      const { value: quarantine, problems } = await readQuarantine(target, model);
      if (quarantine === undefined) return { value: undefined, problems };
      const current = releases.get(releaseKey(environment, model));
      const { value: decision, problems: found } = await decide({ releases, current, quarantine, target });
      const faults = [...found, ...(decision === undefined ? [] : checkRelease(decision.release))];
      if (decision === undefined || hasErrors(faults)) return { value: undefined, problems: faults };
      const told = proposed === undefined ? decision : await keepTimes(decision, current, proposed);
      last = { decision: told, previous: current };
      const settled = proposed !== undefined && (await isSettled(current, proposed));
      return { value: { ...amend(request, releases, told), settled }, problems: faults };
    },
  });
  return { value: describe(request, published.value, last), problems: published.problems };
}

function describe(
  { workspace, record }: RecordRequest,
  published: PublishResult | undefined,
  last: { readonly decision: Decision; readonly previous: Release | undefined } | undefined,
): RecordResult | undefined {
  if (published === undefined || last === undefined) return undefined;
  const { decision, previous } = last;
  const { release, unchanged, recordOnly } = decision;
  const told = { ...published, release, previous };
  if (unchanged !== undefined) return { ...told, note: unchanged };
  if (recordOnly === true) return told;
  const gates = workspace.models.find(({ name }) => name === record.model)?.gates.metrics ?? [];
  return { ...told, comparison: compareReleases(previous, release, gates) };
}

function amend({ record, workspace }: RecordRequest, releases: Releases, decision: Decision): Amendment {
  const { environment, model } = record;
  const { release, quarantine, recordOnly = false, subject, notes } = decision;
  const files = new Map<string, string>();
  if (decision.unchanged === undefined) {
    files.set(releasePath(environment, model), formatRelease(release));
    if (quarantine !== undefined) files.set(quarantinePath(model), formatQuarantine(model, quarantine));
  }
  return {
    releases: new Map([...releases, [releaseKey(environment, model), release]]),
    files,
    environment: recordOnly ? undefined : environment,
    subject,
    notes,
    reference: referenceOf(release, workspace.models.find(({ name }) => name === model)?.source.url),
  };
}

function referenceOf({ commit }: Release, repositoryUrl: string | undefined): CommitReference | undefined {
  return commit === undefined ? undefined : { sha: commit, repositoryUrl };
}

/** Was the left version released before the right one, wherever that was? */
export function isOlder(left: Release, right: Release): boolean {
  return Date.parse(originOf(left).releasedAt) < Date.parse(originOf(right).releasedAt);
}

/** RFC 3339 in UTC, as records have it. */
export function formatTime(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** No decision, for these reasons. */
export function refuse(...problems: readonly Problem[]): Checked<never> {
  return { value: undefined, problems };
}
