import { explainChange, explainDeletion, plainDeletion } from './consequences.js';
import { diffFields, hideSecret, isSecret } from './field-diff.js';
import type { FieldChange } from './field-diff.js';
import type { KubernetesObject } from '../../synth/manifest.js';
import type { DeliveryPlan, FileChange, ObjectChange, UnitPlan } from './plan.js';

/** A plan for people and programs: what changes, object by object and field by field, without secrets. */
export interface PlanDiff {
  readonly summary: ChangeCounts;
  /** The units that change, sorted by name. */
  readonly units: readonly UnitDiff[];
}

/** Objects by what happens to them. */
export type ChangeCounts = Readonly<Record<ObjectChange['action'], number>>;

export interface UnitDiff {
  readonly unit: string;
  readonly environment?: string;
  readonly model?: string;
  readonly objects: readonly ObjectDiff[];
  readonly files: readonly Pick<FileChange, 'path' | 'action'>[];
}

export interface ObjectDiff {
  readonly action: ObjectChange['action'];
  /** `Kind namespace/name`. */
  readonly object: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Former `Kind namespace/name` of what is recreated under another name. */
  readonly previous?: string;
  /** What Argo CD removes, or cannot apply, in words for people. */
  readonly consequence?: string;
  /** Those of objects that are changed or recreated. */
  readonly fields: readonly FieldChange[];
}

export function diffPlan(plan: DeliveryPlan): PlanDiff {
  return { summary: countChanges(plan), units: plan.units.map(diffUnit) };
}

export function countChanges(plan: DeliveryPlan): ChangeCounts {
  const counts = { created: 0, changed: 0, deleted: 0, renamed: 0 };
  for (const unit of plan.units) for (const { action } of unit.objects) counts[action] += 1;
  return counts;
}

/** What a reviewer should look at first. */
export interface Caution {
  readonly object: string;
  readonly consequence: string;
  /** Which of all objects of the diff, counted from 0. */
  readonly index: number;
}

/** All consequences; those that cost nothing but the object itself come last. */
export function cautionsOf(diff: PlanDiff): readonly Caution[] {
  const cautions = diff.units
    .flatMap(({ objects }) => objects)
    .flatMap(({ object, consequence }, index) =>
      consequence === undefined ? [] : [{ object, consequence, index }],
    );
  return cautions.sort((a, b) => Number(isPlainDeletion(a)) - Number(isPlainDeletion(b)));
}

function isPlainDeletion({ consequence }: Caution): boolean {
  return consequence === plainDeletion;
}

/** `3 created, 1 changed`; what does not happen is not mentioned. */
export function formatCounts(counts: ChangeCounts): string {
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([action, count]) => `${count} ${action === 'renamed' ? 'recreated under another name' : action}`);
  return parts.length === 0 ? 'no object changes' : parts.join(', ');
}

function diffUnit(unit: UnitPlan): UnitDiff {
  return {
    unit: unit.name,
    ...(unit.environment === undefined ? {} : { environment: unit.environment }),
    ...(unit.model === undefined ? {} : { model: unit.model }),
    objects: unit.objects.map(diffObject),
    files: unit.files.map(({ path, action }) => ({ path, action })),
  };
}

function diffObject(change: ObjectChange): ObjectDiff {
  if (change.action === 'created') return { ...describe(change, change.after), fields: [] };
  if (change.action === 'deleted') {
    const consequence = explainDeletion(change.before);
    return { ...describe(change, change.before), consequence, fields: [] };
  }
  const { before, after } = change;
  const hidden = isSecret(after) && JSON.stringify(hideSecret(before)) !== JSON.stringify(before);
  const fields = [...diffFields(before, after), ...(hidden ? [{ path: '(hidden)' }] : [])];
  if (change.action === 'renamed') {
    const { previous, consequence } = change;
    return { ...describe(change, after), previous, consequence, fields };
  }
  const consequence = explainChange(after, fields);
  return { ...describe(change, after), ...(consequence === undefined ? {} : { consequence }), fields };
}

function describe({ action, object }: ObjectChange, { apiVersion, kind, metadata }: KubernetesObject) {
  const { name, namespace } = metadata;
  return { action, object, apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name };
}
