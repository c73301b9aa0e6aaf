import { filesOfPlan, planDelivery } from '../../../gitops/plan/plan.js';
import type { DeliveryPlan, PlanOptions } from '../../../gitops/plan/plan.js';
import { formatOwnership } from '../../../gitops/target/ownership.js';
import type { RenderedUnit } from '../../../synth/manifest.js';
import { object, tree, unit } from '../support/units.js';

export type Files = Record<string, string | Uint8Array | null>;

export const alerts = 'environments/test/jukebox/alerts.k8s.yaml';
export const routing = 'environments/test/jukebox/routing.k8s.yaml';

/** What the target holds after these units were delivered to `files`. */
export async function delivered(units: readonly RenderedUnit[], files: Files = {}): Promise<Files> {
  const { value } = await planDelivery(units, tree(files), { allowCollapse: true });
  if (value === undefined) throw new Error('the first delivery failed');
  const after: Files = { ...files, '.driftloop/owned.json': formatOwnership(value.ownership) };
  for (const [path, text] of filesOfPlan(value)) {
    if (text !== undefined) after[path] = text;
    else Reflect.deleteProperty(after, path);
  }
  return after;
}

export async function planned(
  units: readonly RenderedUnit[],
  files: Files,
  options?: PlanOptions,
): Promise<DeliveryPlan> {
  const { value, problems } = await planDelivery(units, tree(files), options);
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value;
}

export function actions(plan: DeliveryPlan): readonly string[] {
  return plan.units.flatMap(({ files, objects }) => [
    ...files.map(({ action, path }) => `${action} ${path}`),
    ...objects.map(({ action, object: name }) => `${action} ${name}`),
  ]);
}

export const jukebox = unit('test/jukebox', {
  alerts: [object('a'), object('b')],
  routing: [object('c')],
});
