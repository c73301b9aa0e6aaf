import { diffPlan } from '../../../gitops/plan/diff.js';
import type { PlanDiff } from '../../../gitops/plan/diff.js';
import { compareObjects } from '../../../gitops/plan/object-changes.js';
import type { FieldChange } from '../../../gitops/plan/field-diff.js';
import { describeField } from '../../../gitops/report/field-text.js';
import type { DeliveryPlan, UnitPlan } from '../../../gitops/plan/plan.js';
import type { KubernetesObject } from '../../../synth/manifest.js';

/** A plan made of what stood and what shall stand in each unit. */
export function planOf(
  units: Readonly<
    Record<string, readonly [before: readonly KubernetesObject[], after: readonly KubernetesObject[]]>
  >,
): DeliveryPlan {
  const plans = Object.entries(units).map(([name, [before, after]]): UnitPlan => {
    const [environment, model] = name.split('/');
    return { name, environment, model, files: [], objects: compareObjects(before, after) };
  });
  return { units: plans, ownership: new Map(), ownershipChanged: true };
}

export function diffOf(units: Parameters<typeof planOf>[0]): PlanDiff {
  return diffPlan(planOf(units));
}

/** All that is told of one field, its marks in the first column. */
export function formatField(field: FieldChange): string {
  const { head, lines } = describeField(field);
  return [head, ...lines.map(({ mark, text }) => `${mark} ${text}`)].join('\n');
}
