import { findQuarantined } from '../../config/quarantine.js';
import type { Quarantine } from '../../config/quarantine.js';
import { isSameModel } from '../../config/release.js';
import type { Release } from '../../config/release.js';
import type { Checked, Problem } from '../../problems/problem.js';
import { refuse } from './record-delivery.js';
import { refuseNoWayBack, refuseQuarantined, refuseUnknownVersion } from './release-problems.js';

/**
 * The newest of what an environment ran before that fits.
 * @param past newest first
 * @param to the version that was named, which need not be verified. Default: the last one that was
 */
export function chooseEarlier(
  past: readonly Release[],
  current: Release,
  quarantine: Quarantine,
  to: string | undefined,
): Checked<Release> {
  const { model, environment } = current;
  const earlier = past.filter((release) => !isSameModel(release, current));
  const known = [...new Set(earlier.map(({ version }) => version))];
  if (to === undefined) {
    const found = earlier.find(
      (release) => release.verified !== undefined && findQuarantined(quarantine, release) === undefined,
    );
    return found === undefined
      ? refuse(refuseNoWayBack(model, environment, known))
      : { value: found, problems: [] };
  }
  const named = earlier.filter(({ version }) => version === to);
  const [newest] = named;
  if (newest === undefined) return refuse(refuseUnknownVersion(model, environment, to, known));
  const good = named.find((release) => findQuarantined(quarantine, release) === undefined);
  if (good !== undefined) return { value: good, problems: warnUnverified(good) };
  const bad = findQuarantined(quarantine, newest);
  return refuse(...(bad === undefined ? [] : [refuseQuarantined(newest, bad)]));
}

function warnUnverified({ verified, version, model, environment }: Release): readonly Problem[] {
  if (verified !== undefined) return [];
  return [
    {
      code: 'GITOPS_RELEASE_UNVERIFIED',
      severity: 'warning',
      message: `version ${version} of ${model}, which ${environment} goes back to, was never verified`,
      hint: 'Look at it while it runs; --to names another version.',
    },
  ];
}
