import type { Quarantine } from '../../config/quarantine.js';
import { isSameModel } from '../../config/release.js';
import { formatRelease, parseRelease, releasePath } from '../../config/release-files.js';
import type { Release } from '../../config/release.js';
import type { TargetTree } from '../target/target-tree.js';
import { readQuarantine } from '../target/target-releases.js';
import type { Decision } from './record-delivery.js';

/**
 * The same decision with the times at which the open pull request took it, so that a command that is repeated does not
 * change the pull request. Times of what was proposed before the current release came do not count.
 */
export async function keepTimes(
  decision: Decision,
  current: Release | undefined,
  proposed: TargetTree,
): Promise<Decision> {
  const { release, quarantine } = decision;
  const earlier = await readProposed(release, proposed);
  if (earlier === undefined || formatRelease(withTimesOf(release, earlier)) !== formatRelease(earlier))
    return decision;
  if (current !== undefined && Date.parse(earlier.releasedAt) < Date.parse(current.releasedAt))
    return decision;
  if (quarantine === undefined) return { ...decision, release: earlier };
  const { value: known = [] } = await readQuarantine(proposed, release.model);
  return { ...decision, release: earlier, quarantine: withKnownTimes(quarantine, known) };
}

/** Does the open pull request propose what the environment runs already? */
export async function isSettled(current: Release | undefined, proposed: TargetTree): Promise<boolean> {
  if (current === undefined) return false;
  const earlier = await readProposed(current, proposed);
  return earlier !== undefined && isSameModel(earlier, current);
}

async function readProposed(
  { environment, model }: Release,
  proposed: TargetTree,
): Promise<Release | undefined> {
  const path = releasePath(environment, model);
  const content = (await proposed.read([path])).get(path);
  return content && parseRelease(content.toString('utf8'), path);
}

function withTimesOf(release: Release, { releasedAt, pinned }: Release): Release {
  if (release.pinned === undefined || pinned === undefined) return { ...release, releasedAt };
  return { ...release, releasedAt, pinned: { ...release.pinned, at: pinned.at } };
}

function withKnownTimes(quarantine: Quarantine, known: Quarantine): Quarantine {
  return quarantine.map((bad) => {
    const same = known.find(
      (other) => isSameModel(other, bad) && other.by === bad.by && other.reason === bad.reason,
    );
    return same ?? bad;
  });
}
