import { diffFields, hideSecret, isSecret } from './field-diff.js';
import type { FieldChange } from './field-diff.js';
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
  /** Former `Kind namespace/name` of what is recreated under another name. */
  readonly previous?: string;
  readonly consequence?: string;
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

/** `3 created, 1 changed`; what does not happen is not mentioned. */
export function formatCounts(counts: ChangeCounts): string {
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([action, count]) => `${count} ${action === 'renamed' ? 'recreated under another name' : action}`);
  return parts.length === 0 ? 'no object changes' : parts.join(', ');
}

const marks = { created: '+', changed: '~', deleted: '-', renamed: '!' } as const;

/** The diff as text, one field a line; '' when nothing changes. */
export function formatDiff(diff: PlanDiff): string {
  if (diff.units.length === 0) return '';
  const units = diff.units.map((unit) => [
    unit.unit,
    ...unit.objects.flatMap(formatObject),
    ...formatTexts(unit),
  ]);
  return [...units.map((lines) => `${lines.join('\n')}\n`), formatCounts(diff.summary), ''].join('\n');
}

function formatObject(diff: ObjectDiff): readonly string[] {
  const fields = diff.fields.map((field) => `      ${formatField(field)}`);
  const note = diff.consequence === undefined ? [] : [`      ${diff.consequence}`];
  return [`  ${marks[diff.action]} ${diff.object}`, ...note, ...fields];
}

/** Files without objects, such as rule tests; those with objects are told by their objects. */
function formatTexts(unit: UnitDiff): readonly string[] {
  if (unit.objects.length > 0) return [];
  return unit.files.map(({ path, action }) => `  file ${action}: ${path}`);
}

/** `path: before → after`. */
export function formatField(field: FieldChange): string {
  if (!('before' in field)) return `${field.path}: added ${formatValue(field.after)}`;
  if (!('after' in field)) return `${field.path}: removed ${formatValue(field.before)}`;
  return `${field.path}: ${formatValue(field.before)} → ${formatValue(field.after)}`;
}

/** Text stands as it is, unless it could be taken for something else. */
function formatValue(value: unknown): string {
  const plain =
    typeof value === 'string' &&
    /^[^\s"'{[](?:.*\S)?$/.test(value) &&
    !/^(?:-?[\d.]+|true|false|null)$/.test(value);
  return plain ? value : JSON.stringify(value);
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
  const { action, object } = change;
  if (action === 'created' || action === 'deleted') return { action, object, fields: [] };
  const { before, after } = change;
  const hidden = isSecret(after) && JSON.stringify(hideSecret(before)) !== JSON.stringify(before);
  const fields = [...diffFields(before, after), ...(hidden ? [{ path: '(hidden)' }] : [])];
  return action === 'changed'
    ? { action, object, fields }
    : { action, object, previous: change.previous, consequence: change.consequence, fields };
}
