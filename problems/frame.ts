/** Columns of a frame, the gutter with the line number included. */
const width = 80;

/**
 * Shows where a problem is: the line before, the line itself, and a caret under the column.
 * Control characters are shown as dots, so that a hostile file cannot steer the terminal.
 */
export function formatFrame(
  text: string,
  position: { readonly line: number; readonly column: number },
): string {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const gutter = String(position.line).length;
  const room = width - gutter - 3;
  const start = windowStart(lines[position.line - 1] ?? '', position.column, room);
  const frame = [position.line - 1, position.line]
    .filter((number) => number >= 1 && lines[number - 1] !== undefined)
    .map((number) => `${String(number).padStart(gutter)} | ${cut(lines[number - 1] ?? '', start, room)}`);
  frame.push(`${' '.repeat(gutter)} | ${' '.repeat(position.column - 1 - start)}^`);
  return frame.map((line) => line.trimEnd()).join('\n');
}

/** Where the shown part of a long line begins, so that the caret is inside and something stands before it. */
function windowStart(line: string, column: number, room: number): number {
  if (line.length <= room || column <= room - 10) return 0;
  return Math.max(0, Math.min(column - Math.floor(room / 2), line.length - room));
}

function cut(line: string, start: number, room: number): string {
  return line
    .slice(start, start + room)
    .replace(/\r$/, '')
    .replaceAll('\t', ' ')
    .replace(/[\u0000-\u001F\u007F-\u009F]/g, '·');
}
