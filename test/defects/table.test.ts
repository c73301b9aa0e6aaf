import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The table of all defects of the course says which test rules each one out, or why none does. */
const path = 'docs/course-defects.md';
const rows = [
  ...readFileSync(path, 'utf8').matchAll(/^\| (?<number>D\d+[a-d]?) \| (?<what>[^|]+) \| (?<by>[^|]+) \|$/gm),
].map(({ groups }) => ({ number: '', what: '', by: '', ...groups }));

const known = Array.from({ length: 98 }, (_, index) => `D${index + 1}`).flatMap((number) =>
  number === 'D14' ? ['D14', 'D14b', 'D14c', 'D14d'] : [number],
);

/** Numbers in the names of a file's tests and cases, not in its comments. */
function numbersIn(file: string): ReadonlySet<string> {
  const code = readFileSync(file, 'utf8').replace(/\/\*\*.*?\*\/|^ *\/\/[^\n]*/gms, '');
  return new Set(code.match(/\bD\d+[a-d]?\b/g) ?? []);
}

function linkOf({ by }: { readonly by: string }): string | undefined {
  const target = /^\[[^\]]+\]\(([^)]+)\)$/.exec(by)?.[1];
  return target && join('docs', target);
}

test('every defect has one row, in order', () => {
  expect(rows.map(({ number }) => number)).toEqual(known);
});

test.each(rows.map((row) => [row.number, row] as const))('%s has a test, or a reason', (number, row) => {
  const file = linkOf(row);
  if (file === undefined) expect(row.by).toMatch(/^No: .+\.$/);
  else expect([...numbersIn(file)]).toContain(number);
});

test('no test of a defect is missing in the table', () => {
  const tested = readdirSync('test/defects')
    .filter((name) => name.startsWith('course-') && name.endsWith('.test.ts'))
    .flatMap((name) =>
      [...numbersIn(join('test/defects', name))].map((number) => ({ number, file: `test/defects/${name}` })),
    );
  const wrong = tested.filter(({ number, file }) => {
    const row = rows.find((each) => each.number === number);
    return row === undefined || linkOf(row) !== file;
  });
  expect(wrong).toEqual([]);
});
