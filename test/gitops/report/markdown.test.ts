import { reportAsMarkdown } from '../../../gitops/report/markdown.js';
import { object } from '../support/units.js';
import { diffOf } from './report-fixture.js';

const long = 'The features of the model have moved away from the baseline; look at the dashboard';
const manyObjects = (count: number, text: string) =>
  Array.from({ length: count }, (_, index) => object(`o${index}`, { data: { text } }));

test('everything is told, words that differ in the colours of the forge', () => {
  const diff = diffOf({
    'test/jukebox': [
      [object('a', { data: { x: 'low', y: `${long} 0.05` } }), object('gone', { kind: 'Job' })],
      [object('a', { data: { x: '10m', y: `${long} 0.01` } })],
    ],
  });
  expect(reportAsMarkdown(diff)).toBe(
    [
      '1 changed, 1 deleted in 1 unit.',
      '',
      '**Look at this first**',
      '',
      '- `Job mlops-test/gone`: Argo CD prunes it',
      '',
      '<details><summary><b>test/jukebox</b>: 2 objects</summary>',
      '',
      '```diff',
      '~ ConfigMap mlops-test/a',
      '    data.x: low → 10m',
      '    data.y:',
      '-     … look at the dashboard 0.05',
      '+     … look at the dashboard 0.01',
      '- Job mlops-test/gone',
      '```',
      '',
      '</details>',
      '',
    ].join('\n'),
  );
});

describe('where there is not enough room', () => {
  test('the longest unit is shortened, and the others are told in full', () => {
    const diff = diffOf({
      'test/large': [manyObjects(500, 'before'), manyObjects(500, 'after')],
      'test/small': [manyObjects(1, 'before'), manyObjects(1, 'after')],
    });
    const report = reportAsMarkdown(diff, { limit: 16_000 });
    expect(report).toContain('data.text: before → after');
    expect(report).toContain('ConfigMap mlops-test/o499');
    expect(report).toContain('Shortened to fit: `driftloop diff` shows everything.');
  });

  test.each([65_536, 20_000, 3000, 500, 80, 20])('%d characters are never exceeded', (limit) => {
    const names = Array.from({ length: 60 }, (_, index) => `test/model-${index}`);
    const unit = [manyObjects(30, 'before'), manyObjects(30, 'after')] as const;
    const diff = diffOf(Object.fromEntries(names.map((name) => [name, unit])));
    const report = reportAsMarkdown(diff, { limit });
    expect(report.length).toBeLessThanOrEqual(limit);
    expect('1800 changed in 60 units.'.startsWith(report.slice(0, 20))).toBe(true);
  });

  test('who can read everything elsewhere is told where', () => {
    const diff = diffOf({ 'test/large': [manyObjects(500, 'before'), manyObjects(500, 'after')] });
    const report = reportAsMarkdown(diff, { limit: 2000, complete: 'https://ci.example.com/diff.html' });
    expect(report).toContain('[everything](<https://ci.example.com/diff.html>)');
  });
});

test('no value, name or path leaves its block, becomes a tag or breaks a table', () => {
  const hostile = '```\n</details><script>alert(1)</script>\n@everyone | x';
  const diff = diffOf({
    'test/<b>': [[object(hostile)], [object('a', { data: { [hostile]: hostile } })]],
  });
  for (const limit of [65_536, 420]) {
    const outside = reportAsMarkdown(diff, { limit }).replace(/^(`{3,})diff\n[^]*?\n\1$/gm, '');
    expect(outside).not.toContain('<script>');
    expect(outside).not.toContain('<b>:');
  }
});
