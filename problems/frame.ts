/** Columns of a frame, the gutter with the line number included. */
const width = 80;

/** What steers a terminal, or turns the direction of the text: none of it is ever printed. */
const controls = /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g;

/** Text of the user's files as it can be shown to people: without control characters, except for line breaks. */
export function showText(text: string, limit = 1000): string {
  const lines = text.slice(0, limit).split('\n');
  return `${lines.map((line) => line.replace(controls, '·')).join('\n')}${text.length > limit ? '…' : ''}`;
}

/** What is shown instead of a line that must not be shown. */
const hidden = '(not shown: it looks like a secret)';

/**
 * Shows where a problem is: the line before, the line itself, and a caret under the column.
 * Control characters are shown as dots, so that a hostile file cannot steer the terminal.
 * @param isSecret keeps a line out of the frame, because what is printed ends in the logs of the CI
 */
export function formatFrame(
  text: string,
  position: { readonly line: number; readonly column: number },
  isSecret: (line: string, number: number) => boolean = () => false,
): string {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const gutter = String(position.line).length;
  const room = width - gutter - 3;
  const start = windowStart(lines[position.line - 1] ?? '', position.column, room);
  const frame = [position.line - 1, position.line]
    .filter((number) => number >= 1 && lines[number - 1] !== undefined)
    .map((number) => {
      const line = lines[number - 1] ?? '';
      return `${String(number).padStart(gutter)} | ${isSecret(line, number) ? hidden : cut(line, start, room)}`;
    });
  if (!isSecret(lines[position.line - 1] ?? '', position.line)) {
    frame.push(`${' '.repeat(gutter)} | ${' '.repeat(position.column - 1 - start)}^`);
  }
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
    .replace(controls, '·');
}
