import { formatFrame } from '../../problems/frame.js';

const text = 'drift:\n  detectors:\n    - metrik: x\n';

test('the line, the one before and a caret under the column are shown', () => {
  expect(formatFrame(text, { line: 3, column: 7 })).toBe(
    ['2 |   detectors:', '3 |     - metrik: x', '  |       ^'].join('\n'),
  );
});

test('the first line has none before', () => {
  expect(formatFrame(text, { line: 1, column: 1 })).toBe(['1 | drift:', '  | ^'].join('\n'));
});

test('a byte order mark and Windows line ends do not move the caret', () => {
  expect(formatFrame(`\uFEFF${text.replaceAll('\n', '\r\n')}`, { line: 1, column: 6 })).toBe(
    ['1 | drift:', '  |      ^'].join('\n'),
  );
});

test('a long line is cut around the column and never wider than 80', () => {
  const long = `${'a'.repeat(500)}B${'c'.repeat(500)}`;
  const [line = '', caret = ''] = formatFrame(long, { line: 1, column: 501 }).split('\n');
  expect(line).toHaveLength(80);
  expect(line[caret.length - 1]).toBe('B');
});

test('the end of a long line is still under the caret', () => {
  const long = 'a'.repeat(500);
  const [line = '', caret = ''] = formatFrame(long, { line: 1, column: 501 }).split('\n');
  expect(caret.length).toBe(line.length + 1);
  expect(caret.length).toBeLessThanOrEqual(81);
});

test('control characters cannot steer the terminal', () => {
  expect(formatFrame('a\u001B[31mb\u0007\tc\u009B', { line: 1, column: 2 })).toBe(
    ['1 | a·[31mb· c·', '  |  ^'].join('\n'),
  );
});

test('a position beyond the text shows what there is', () => {
  expect(formatFrame('', { line: 1, column: 1 })).toBe(['1 |', '  | ^'].join('\n'));
  expect(formatFrame('a\n', { line: 9, column: 1 })).toBe('  | ^');
});
