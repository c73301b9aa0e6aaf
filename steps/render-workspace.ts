import { planUnits } from '../charts/units.js';
import type { Workspace } from '../config/model.js';
import type { Releases } from '../config/release.js';
import { proveUnits } from '../validate/prove-units.js';
import type { ProvenUnits } from '../validate/prove-units.js';

/** Everything is rendered and checked, because a unit alone cannot show that the chain still holds. */
export function renderAll(workspace: Workspace, releases: Releases): ProvenUnits {
  return proveUnits(planUnits(workspace, releases));
}
