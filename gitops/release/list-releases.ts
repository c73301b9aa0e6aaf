import type { Workspace } from '../../config/model.js';
import { findQuarantined } from '../../config/quarantine.js';
import type { QuarantinedVersion } from '../../config/quarantine.js';
import type { Checked, Problem } from '../../problems/problem.js';
import type { Remote } from '../git/remote.js';
import type { BranchCommit } from '../target/file-history.js';
import { Target } from '../target/target.js';
import type { TargetOptions } from '../target/target.js';
import { readQuarantine } from '../target/target-releases.js';
import { listEnvironments, readReleaseHistory } from './history.js';
import type { PastRelease } from './history.js';

export interface ListRequest extends TargetOptions {
  readonly workspace: Workspace;
  readonly remote: Remote;
  readonly branch: string;
  readonly model: string;
  /** Default all. */
  readonly environments?: readonly string[] | undefined;
}

/** A release, with what is held against its version today. */
export interface ListedRelease extends PastRelease {
  readonly quarantined: QuarantinedVersion | undefined;
}

/** What was released of a model, newest first, from the history of the GitOps repository. */
export async function listReleases(request: ListRequest): Promise<Checked<readonly ListedRelease[]>> {
  const { workspace, remote, branch, model } = request;
  const target = await Target.open(remote, request);
  try {
    const environments = listEnvironments(workspace, request.environments);
    const { value: quarantine, problems } = await readQuarantine(await target.fetch(branch), model);
    if (quarantine === undefined) return { value: undefined, problems };
    const { releases, unreadable } = await readReleaseHistory(target, branch, model, environments);
    const listed = releases.map((past) => ({
      ...past,
      quarantined: findQuarantined(quarantine, past.release),
    }));
    return { value: listed, problems: unreadable.map(({ path, commit }) => warnLeftOut(path, commit)) };
  } finally {
    await target.close();
  }
}

function warnLeftOut(path: string, { sha }: BranchCommit): Problem {
  return {
    code: 'GITOPS_RELEASE_UNREADABLE',
    severity: 'warning',
    message: `${path} as of commit ${sha.slice(0, 7)} is no release record, and is left out`,
    hint: 'Somebody edited it by hand; later records are not affected.',
  };
}
