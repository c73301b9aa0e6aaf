import { formatCounts } from '../plan/diff.js';
import type { ObjectDiff, PlanDiff, UnitDiff } from '../plan/diff.js';
import { describeField } from './field-text.js';

/** What stands before an object, by what happens to it. */
export const marks = { created: '+', changed: '~', deleted: '-', renamed: '!' } as const;

/** The diff for a terminal, one field a line; '' when nothing changes. */
export function reportAsText(diff: PlanDiff): string {
  if (diff.units.length === 0) return '';
  const units = diff.units.map((unit) => [
    unit.unit,
    ...unit.objects.flatMap(formatObject),
    ...formatTexts(unit),
  ]);
  return [...units.map((lines) => `${lines.join('\n')}\n`), formatCounts(diff.summary), ''].join('\n');
}

function formatObject(diff: ObjectDiff): readonly string[] {
  const fields = diff.fields
    .map(describeField)
    .flatMap(({ head, lines }) => [
      `      ${head}`,
      ...lines.map(({ mark, text }) => `        ${mark} ${text}`.trimEnd()),
    ]);
  const note = diff.consequence === undefined ? [] : [`      ${diff.consequence}`];
  return [`  ${marks[diff.action]} ${diff.object}`, ...note, ...fields];
}

/** Files without objects, such as rule tests; those with objects are told by their objects. */
function formatTexts(unit: UnitDiff): readonly string[] {
  if (unit.objects.length > 0) return [];
  return unit.files.map(({ path, action }) => `  file ${action}: ${path}`);
}
