import { contains, listExamples, matches } from './document.js';

test('what is shown matches what is printed, and nothing else', () => {
  expect(matches('committed: 2\n', 'committed: 2\n')).toBe(true);
  expect(matches('committed: 3\n', 'committed: 2\n')).toBe(false);
  expect(matches('committed: 2\nand more\n', 'committed: 2\n')).toBe(false);
  expect(matches('', 'committed: 2\n')).toBe(false);
  expect(matches('a.b\n', 'a.b\n') && !matches('axb\n', 'a.b\n')).toBe(true);
});

test('an ellipsis stands for a part of its line, or alone for lines', () => {
  expect(matches('at 4f7aab8 of main\n', 'at … of main\n')).toBe(true);
  expect(matches('at 4f7a\nof main\n', 'at … of main\n')).toBe(false);
  expect(matches('first\nb\nc\nlast\n', 'first\n…\nlast\n')).toBe(true);
  expect(matches('first\nlast\n', 'first\n…\nlast\n')).toBe(true);
  expect(matches('first\nb\n', 'first\n…\nlast\n')).toBe(false);
});

test('an excerpt may be indented less as a whole, but not differently within', () => {
  const file = 'a:\n  b:\n    - c: 1\n      d: 2\n      e: 3\n';
  expect(contains(file, '- c: 1\n  d: 2\n')).toBe(true);
  expect(contains(file, '- c: 1\n  …\n  e: 3\n')).toBe(true);
  expect(contains(file, '- c: 1\nd: 2\n')).toBe(false);
  expect(contains(file, 'd: 3\n')).toBe(false);
});

test('a command goes on after a backslash, and its output ends with the next one', () => {
  const text = '$ one \\\n    more\nfirst\n\nsecond\n$ two\n$ three\nthird\n';
  expect(listExamples({ line: 1, language: 'console', text })).toEqual([
    { command: 'one \\\n    more', output: 'first\n\nsecond\n' },
    { command: 'two', output: '' },
    { command: 'three', output: 'third\n' },
  ]);
});
