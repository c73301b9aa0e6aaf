import type { Workspace } from '../../config/model.js';
import { parseRelease, releasePath } from '../../config/release-files.js';
import { isSameModel } from '../../config/release.js';
import type { Release } from '../../config/release.js';
import type { BranchCommit, FileVersion } from '../target/file-history.js';
import type { Target } from '../target/target.js';

/** A release as the history of the GitOps repository tells it, with all that was found out about it while it ran. */
export interface PastRelease {
  readonly release: Release;
  /** The commit that brought it. */
  readonly delivered: BranchCommit;
  /** Is it what the branch says now? */
  readonly current: boolean;
}

export interface ReleaseHistory {
  /** Newest first; of all environments together. */
  readonly releases: readonly PastRelease[];
  /** Commits whose record cannot be read any more, and is left out. */
  readonly unreadable: readonly { readonly path: string; readonly commit: BranchCommit }[];
}

/** Reads what was released of a model, from the records' own history alone. */
export async function readReleaseHistory(
  target: Target,
  branch: string,
  model: string,
  environments: readonly string[],
): Promise<ReleaseHistory> {
  const paths = environments.map((environment) => releasePath(environment, model));
  return tellReleases(await target.history(branch, paths));
}

/** Environments of a workspace, or those of them that were asked for. */
export function listEnvironments(workspace: Workspace, asked: readonly string[] = []): readonly string[] {
  const names = workspace.environments.map(({ name }) => name);
  return asked.length === 0 ? names : names.filter((name) => asked.includes(name));
}

/**
 * Versions of a record that name the same release are one: the oldest of them says which commit brought it, the newest
 * what is known about it.
 */
export function tellReleases(versions: readonly FileVersion[]): ReleaseHistory {
  const told: {
    readonly release: Release;
    readonly current: boolean;
    delivered: BranchCommit;
    step: number;
  }[] = [];
  const unreadable: { path: string; commit: BranchCommit }[] = [];
  /** What follows in time upon the version that is looked at. */
  const following = new Map<string, (typeof told)[number] | undefined>();
  for (const [step, { path, content, commit }] of versions.entries()) {
    const release = content && parseRelease(content.toString('utf8'), path);
    if (content !== undefined && release === undefined) unreadable.push({ path, commit });
    const next = following.get(path);
    if (release !== undefined && next !== undefined && isSameRelease(next.release, release)) {
      Object.assign(next, { delivered: commit, step });
      continue;
    }
    const entry = release && { release, delivered: commit, current: !following.has(path), step };
    following.set(path, entry);
    if (entry !== undefined) told.push(entry);
  }
  const releases = told
    .sort((left, right) => left.step - right.step)
    .map(({ release, delivered, current }) => ({ release, delivered, current }));
  return { releases, unreadable };
}

function isSameRelease(left: Release, right: Release): boolean {
  return isSameModel(left, right) && left.releasedAt === right.releasedAt;
}
