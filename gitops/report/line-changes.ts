import { diffArrays } from 'diff';
import type { ChangeObject } from 'diff';

/** A line of two texts that are compared: as it was, removed, added, or in the place of another. */
export type LineChange =
  | { readonly kind: 'same' | 'removed' | 'added'; readonly text: string }
  | { readonly kind: 'replaced'; readonly before: string; readonly after: string };

/** Texts with more differing lines are shown as everything removed and everything added. */
const mostDifferences = 4000;

/** Compares two texts line by line. Lines removed where others were added stand side by side, as far as they go. */
export function compareLines(before: string, after: string): readonly LineChange[] {
  const changes: LineChange[] = [];
  let removed: readonly string[] = [];
  for (const part of diffLists(before.split('\n'), after.split('\n'))) {
    if (part.removed) removed = part.value;
    else if (part.added) {
      changes.push(...pairLines(removed, part.value));
      removed = [];
    } else {
      changes.push(...markAll('removed', removed), ...markAll('same', part.value));
      removed = [];
    }
  }
  return [...changes, ...markAll('removed', removed)];
}

function diffLists(before: string[], after: string[]): readonly ChangeObject<string[]>[] {
  return (
    diffArrays(before, after, { maxEditLength: mostDifferences }) ?? [
      { removed: true, added: false, count: before.length, value: before },
      { removed: false, added: true, count: after.length, value: after },
    ]
  );
}

function markAll(kind: 'same' | 'removed' | 'added', lines: readonly string[]): readonly LineChange[] {
  return lines.map((text) => ({ kind, text }));
}

function pairLines(removed: readonly string[], added: readonly string[]): readonly LineChange[] {
  const pairs = Math.min(removed.length, added.length);
  const replaced = added
    .slice(0, pairs)
    .map((after, index): LineChange => ({ kind: 'replaced', before: removed[index] ?? '', after }));
  return [...replaced, ...markAll('removed', removed.slice(pairs)), ...markAll('added', added.slice(pairs))];
}
