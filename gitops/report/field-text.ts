import { stringify } from 'yaml';
import { showText } from '../../problems/frame.js';
import type { FieldChange } from '../plan/field-diff.js';
import { compareLines } from './line-changes.js';
import type { LineChange } from './line-changes.js';
import { cutMiddle, excerptChange } from './word-changes.js';

/** How a field's change is told: on one line, or with lines below it. */
export interface FieldText {
  readonly head: string;
  readonly lines: readonly MarkedLine[];
}

export interface MarkedLine {
  readonly mark: '-' | '+' | ' ';
  readonly text: string;
}

/** Characters of both values together that still stand on the line of the path. */
const shortValues = 72;

/** Lines of one value that are shown. */
const mostLines = 40;

/** Characters of one line that are shown. */
const longestLine = 600;

/** `path: before → after` where that is short, else only the words and lines that differ, below the path. */
export function describeField(field: FieldChange): FieldText {
  const path = oneLine(field.path);
  if (!('before' in field) && !('after' in field)) return { head: path, lines: [] };
  if (!('before' in field)) return describeSide(`${path}: added`, '+', field.after);
  if (!('after' in field)) return describeSide(`${path}: removed`, '-', field.before);
  const [before, after] = [formatValue(field.before), formatValue(field.after)];
  if (before.length + after.length <= shortValues)
    return { head: `${path}: ${before} → ${after}`, lines: [] };
  return { head: `${path}:`, lines: compareValues(field.before, field.after) };
}

function describeSide(head: string, mark: '-' | '+', value: unknown): FieldText {
  const short = formatValue(value);
  if (short.length <= shortValues) return { head: `${head} ${short}`, lines: [] };
  const lines = linesOf(value).map((text) => ({ mark, text: showLine(text) }));
  return { head, lines: cutLines(lines) };
}

function compareValues(before: unknown, after: unknown): readonly MarkedLine[] {
  const changes = compareLines(linesOf(before).join('\n'), linesOf(after).join('\n'));
  return cutLines(changes.flatMap(markLine));
}

/** Lines that stayed the same are left out; where they were, an ellipsis stands. */
function markLine(change: LineChange, index: number, all: readonly LineChange[]): readonly MarkedLine[] {
  switch (change.kind) {
    case 'removed':
      return [{ mark: '-', text: showLine(change.text) }];
    case 'added':
      return [{ mark: '+', text: showLine(change.text) }];
    case 'replaced': {
      const { before, after } = excerptChange(change.before, change.after);
      return [
        { mark: '-', text: showLine(before) },
        { mark: '+', text: showLine(after) },
      ];
    }
    case 'same':
      return all[index - 1]?.kind === 'same' ? [] : [{ mark: ' ', text: '…' }];
  }
}

function cutLines(lines: readonly MarkedLine[]): readonly MarkedLine[] {
  const rest = lines.length - mostLines;
  if (rest <= 1) return lines;
  return [...lines.slice(0, mostLines), { mark: ' ', text: `… and ${rest} more lines` }];
}

/** Text is its own lines; everything else is told as YAML. */
function linesOf(value: unknown): readonly string[] {
  const text = typeof value === 'string' ? value : stringify(value, { lineWidth: 0 });
  return text.replace(/\n$/, '').split('\n');
}

/** Text stands as it is, unless it could be taken for something else. */
function formatValue(value: unknown): string {
  const plain =
    typeof value === 'string' &&
    /^[^\s"'{[](?:.*\S)?$/.test(value) &&
    !/^(?:-?[\d.]+|true|false|null)$/.test(value);
  return plain ? oneLine(value) : oneLine(JSON.stringify(value));
}

/** Control characters are shown as dots, so that no value can steer a terminal. */
function showLine(text: string): string {
  return oneLine(cutMiddle(text, longestLine));
}

function oneLine(text: string): string {
  return showText(text.replaceAll('\n', '·'), text.length);
}
