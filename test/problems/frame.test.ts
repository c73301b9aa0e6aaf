import { formatFrame, showText } from '../../problems/frame.js';

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

test('what turns the direction of the text is not printed either', () => {
  expect(formatFrame('a\u202Eb\u2066c', { line: 1, column: 1 })).toBe(['1 | a·b·c', '  | ^'].join('\n'));
});

test('a secret is shown neither at the place of a problem nor before it', () => {
  const isSecret = (line: string) => line.includes('hunter2');
  const secret = 'env:\n  TOKEN: hunter2\n  OTHER: [\n';
  expect(formatFrame(secret, { line: 2, column: 10 }, isSecret)).toBe(
    ['1 | env:', '2 | (not shown: it looks like a secret)'].join('\n'),
  );
  expect(formatFrame(secret, { line: 3, column: 10 }, isSecret)).toBe(
    ['2 | (not shown: it looks like a secret)', '3 |   OTHER: [', '  |          ^'].join('\n'),
  );
});

test('text of the input is shown in bearable length, with its line breaks and nothing else that steers', () => {
  expect(showText('a\nb\u001B[31m\u202E')).toBe('a\nb·[31m·');
  expect(showText('x'.repeat(5000))).toBe(`${'x'.repeat(1000)}…`);
});
