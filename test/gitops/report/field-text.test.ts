import { formatField } from './report-fixture.js';

const long = 'The features of the model have moved away from the baseline; look at the dashboard.';

describe('one field of the diff', () => {
  test('a short value stands on the line of its path', () => {
    expect(formatField({ path: 'spec.replicas', before: 1, after: 2 })).toBe('spec.replicas: 1 → 2');
  });

  test('of a long annotation only the words that differ are shown', () => {
    const field = { path: 'metadata.annotations.summary', before: `${long} 0.05`, after: `${long} 0.01` };
    expect(formatField(field)).toBe(
      [
        'metadata.annotations.summary:',
        '- … look at the dashboard. 0.05',
        '+ … look at the dashboard. 0.01',
      ].join('\n'),
    );
  });

  test('of a text with many lines only the lines that differ are shown', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
    const after = lines.with(10, 'changed').toSpliced(20, 1);
    expect(formatField({ path: 'data.x', before: lines.join('\n'), after: after.join('\n') })).toBe(
      ['data.x:', '  …', '- line 10', '+ changed', '  …', '- line 20', '  …'].join('\n'),
    );
  });

  test('a list in the place of a map is told as YAML', () => {
    const field = { path: 'x', before: { key: long }, after: [long] };
    expect(formatField(field)).toBe(
      ['x:', `- key: ${long.slice(0, 20)}…`, `+ - ${long.slice(0, 20)}…`].join('\n'),
    );
  });

  test('a huge value does not fill the terminal', () => {
    const value = Array.from({ length: 1000 }, (_, index) => ({ name: `element ${index}` }));
    const lines = formatField({ path: 'spec.list', after: value }).split('\n');
    expect(lines).toHaveLength(42);
    expect(lines.at(-1)).toBe('  … and 960 more lines');
    expect(formatField({ path: 'x', after: 'y'.repeat(1_000_000) }).length).toBeLessThan(1000);
  });

  test('no value steers the terminal', () => {
    const hostile = {
      path: 'x["\u001B[31m"]',
      before: '\u001B]0;owned\u0007',
      after: `${long}\u001B[2J\n\u202E`,
    };
    expect(formatField(hostile)).not.toMatch(/[\u001B\u0007\u202E]/);
    expect(formatField({ path: 'x', before: 'a\u009Bb', after: 'c\rd' })).toBe('x: a·b → "c\\rd"');
  });
});
