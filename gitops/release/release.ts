import { findQuarantined } from '../../config/quarantine.js';
import { checkRelease } from '../../config/release-files.js';
import { isSameModel } from '../../config/release.js';
import type { Release } from '../../config/release.js';
import { checkModelImage } from '../../config/values/image.js';
import type { Checked, Problem } from '../../problems/problem.js';
import { findPublishedCommit } from '../target/published-commit.js';
import type { TargetTree } from '../target/target-tree.js';
import { deliverRecord, refuse } from './record-delivery.js';
import type { Decision, RecordRequest, RecordResult, Records } from './record-delivery.js';
import { checkNames, refusePinned, refuseQuarantined } from './release-problems.js';

export interface ReleaseRequest extends Omit<RecordRequest, 'record'> {
  readonly release: Release;
  /** May it take the place of a version that a rollback pinned? Default false. */
  readonly unpin?: boolean | undefined;
  /**
   * Commit of the workspace the unit must still be rendered from (findPublishedCommit), where it was looked up before; a
   * publication in between would otherwise be undone for this unit, and is a GITOPS_SOURCE_MOVED instead.
   * @default - whatever it is rendered from, `source` replaces it
   */
  readonly publishedFrom?: string | undefined;
}

/**
 * Records a release in the target and delivers the model's unit rendered with it, in one commit. The same version and
 * image recorded already is nothing to do. Of what else is rendered, only what a new unit needs to be applied comes along.
 */
export async function release(request: ReleaseRequest): Promise<Checked<RecordResult>> {
  const { model, environment } = request.release;
  const problems = checkRequest(request);
  if (problems.length > 0) return { value: undefined, problems };
  return deliverRecord({ ...request, record: { model, environment } }, async (records) => {
    const moved = await findMove(records.target, request);
    return moved.length > 0 ? refuse(...moved) : decide(request, records);
  });
}

function decide({ release, unpin }: ReleaseRequest, { current, quarantine }: Records): Checked<Decision> {
  const { environment, model, version } = release;
  const subject = `release(${environment}/${model}): version ${version}`;
  if (current !== undefined && isSameModel(current, release)) {
    const unchanged = `${environment} runs version ${version} of ${model} already`;
    return { value: { release: current, unchanged, subject, notes: '' }, problems: [] };
  }
  const bad = findQuarantined(quarantine, release);
  const problems = [
    ...(bad === undefined ? [] : [refuseQuarantined(release, bad)]),
    ...(current?.pinned === undefined || unpin === true
      ? []
      : [refusePinned(current, 'Add --unpin to release it nevertheless.')]),
  ];
  return problems.length > 0 ? refuse(...problems) : { value: { release, subject, notes: '' }, problems: [] };
}

async function findMove(target: TargetTree, request: ReleaseRequest): Promise<readonly Problem[]> {
  const { publishedFrom, release: record } = request;
  if (publishedFrom === undefined) return [];
  const { value, problems } = await findPublishedCommit(target, record.environment, record.model);
  if (value === publishedFrom || problems.length > 0) return problems;
  return [
    {
      code: 'GITOPS_SOURCE_MOVED',
      severity: 'error',
      message: `${record.model} in ${record.environment} was published from commit ${value ?? 'unknown'} meanwhile, no longer from ${publishedFrom}`,
      hint: 'Render the release again, from the newer commit.',
    },
  ];
}

/** Only what would also be read back is recorded: a broken record stops every later publication. */
function checkRequest({ release: record, workspace }: ReleaseRequest): readonly Problem[] {
  const unknown = checkNames(workspace, record.model, [record.environment]);
  const fault = checkModelImage(record.image);
  if (fault === undefined) return unknown.length > 0 ? unknown : checkRelease(record);
  const refused: Problem = {
    code: 'GITOPS_RELEASE_DIGEST',
    severity: 'error',
    message: `the image "${record.image}" of the release ${fault.message}`,
    ...(fault.hint === undefined ? {} : { hint: fault.hint }),
  };
  return [refused, ...unknown];
}
