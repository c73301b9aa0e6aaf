import { showText } from '../../../problems/frame.js';
import { emitObject } from '../../../synth/emit.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { hideSecret } from '../../plan/field-diff.js';
import type { ObjectChange } from '../../plan/plan.js';
import type { PageObject, PageRow } from '../browser/page-data.js';
import { compareLines } from '../line-changes.js';
import type { LineChange } from '../line-changes.js';
import { compareWords, cutMiddle, excerptChange } from '../word-changes.js';
import type { TextPiece } from '../word-changes.js';

/** Characters of one line that the page holds; the JSON report holds all. */
const longestLine = 2000;

/** The lines of an object before and after, as YAML; what Secrets hold is left out. */
export function rowsOf(change: ObjectChange): PageObject {
  if (change.action === 'created') return linesOf(change.after).map((line) => [2, showLine(line)]);
  if (change.action === 'deleted') return linesOf(change.before).map((line) => [1, showLine(line)]);
  const [before, after] = [linesOf(change.before), linesOf(change.after)];
  return compareLines(before.join('\n'), after.join('\n')).map(rowOf);
}

function linesOf(object: KubernetesObject): readonly string[] {
  return emitObject(hideSecret(object)).trimEnd().split('\n');
}

function rowOf(change: LineChange): PageRow {
  if (change.kind !== 'replaced') {
    return [({ same: 0, removed: 1, added: 2 } as const)[change.kind], showLine(change.text)];
  }
  const { before, after } =
    Math.max(change.before.length, change.after.length) > longestLine
      ? excerptChange(change.before, change.after)
      : change;
  const pieces = compareWords(before, after);
  if (isRewritten(pieces)) return [3, ['', showLine(before)], ['', showLine(after)]];
  return [3, alternate(pieces, 'removed'), alternate(pieces, 'added')];
}

/** Marking words helps nobody where hardly one has stayed. */
function isRewritten(pieces: readonly TextPiece[]): boolean {
  const length = (kind: TextPiece['kind']) =>
    pieces.reduce((sum, piece) => sum + (piece.kind === kind ? piece.text.trim().length : 0), 0);
  return length('same') * 4 < Math.max(length('removed'), length('added'));
}

/** One side of the pieces: same, different, same, … */
function alternate(pieces: readonly TextPiece[], side: 'removed' | 'added'): readonly string[] {
  const parts = [''];
  for (const { kind, text } of pieces) {
    if (kind !== 'same' && kind !== side) continue;
    const expected = parts.length % 2 === 1 ? 'same' : side;
    if (kind === expected) parts.push(`${parts.pop() ?? ''}${showLine(text)}`);
    else parts.push(showLine(text));
  }
  return parts;
}

function showLine(text: string): string {
  const line = cutMiddle(text, longestLine);
  return showText(line, line.length);
}
