import { planUnits } from '../charts/units.js';
import type { Workspace } from '../config/model.js';
import type { Releases } from '../config/release.js';
import { proveUnits } from '../validate/prove-units.js';
import type { ProvenUnits } from '../validate/prove-units.js';
import { followUnits } from './progress.js';
import type { Progress } from './progress.js';

export { rehearseUnits } from './rehearsal-status.js';

/** All of it: gitops takes what is selected, and what a new unit needs besides. */
export function renderDelivery(workspace: Workspace, releases: Releases, progress: Progress): ProvenUnits {
  const blueprints = planUnits(workspace, releases);
  return followUnits(proveUnits(blueprints), blueprints.length, progress);
}
