import type { Problem } from '../../problems/problem.js';
import type { UnitDraft } from './file-drafts.js';
import type { ObjectChange } from './object-changes.js';

const hint = 'If that is meant, publish with --allow-collapse.';

/** Refuses a rendering without a single file: an empty folder must not empty a cluster. */
export function refuseEmptyRendering(drafts: readonly UnitDraft[], allowed: boolean): Problem[] {
  if (allowed || drafts.some((draft) => draft.digests.size > 0)) return [];
  return [{ code: 'GITOPS_RENDERING_EMPTY', severity: 'error', message: 'nothing was rendered', hint }];
}

/**
 * Refuses a unit that vanishes or loses more than half of its objects; a renamed object is lost, too.
 * @param touchedBefore objects that stood in the files that change
 */
export function guardAgainstCollapse(
  draft: UnitDraft,
  touchedBefore: number,
  changes: readonly ObjectChange[],
): Problem[] {
  const lost = changes.filter(({ action }) => action === 'deleted' || action === 'renamed').length;
  if (draft.delivered === 'vanished') {
    if (!draft.files.some((file) => file.present === 'file')) return [];
    const message = `unit ${draft.name} is not rendered any more; its ${count(lost)} would be deleted`;
    return [{ code: 'GITOPS_UNIT_GONE', severity: 'error', message, hint }];
  }
  const before = touchedBefore + untouchedObjects(draft);
  if (lost * 2 <= before) return [];
  const message = `unit ${draft.name} would lose ${lost} of its ${count(before)}`;
  return [{ code: 'GITOPS_UNIT_COLLAPSES', severity: 'error', message, hint }];
}

function untouchedObjects(draft: UnitDraft): number {
  const touched = new Set(draft.files.map((file) => file.path));
  return [...draft.objectCounts].reduce((sum, [file, objects]) => sum + (touched.has(file) ? 0 : objects), 0);
}

function count(objects: number): string {
  return `${objects} ${objects === 1 ? 'object' : 'objects'}`;
}
