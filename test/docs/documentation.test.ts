import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Bench } from './bench.js';
import { contains, listBlocks, listExamples, listLinks, matches } from './document.js';
import type { Block } from './document.js';

const executed = [
  ...['README.md', 'docs/tutorial.md', 'docs/architecture.md'],
  ...readdirSync('docs/how-to').map((name) => `docs/how-to/${name}`),
];
const all = [
  ...executed,
  ...[
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'test/cluster/README.md',
    'docs/decisions.md',
    'docs/course-defects.md',
  ],
  ...readdirSync('docs/reference').map((name) => `docs/reference/${name}`),
];

describe.each(executed)('what %s shows is what happens:', (path) => {
  const blocks = listBlocks(path);
  let bench: Bench;

  beforeAll(() => {
    bench = new Bench();
  });

  afterAll(() => {
    bench.close();
  });

  test.each(blocks.map((block) => [`${block.language} of line ${block.line}`, block] as const))(
    '%s',
    (_name, block) => {
      follow(block, bench);
    },
    60_000,
  );

  test('every block was read', () => {
    expect(blocks).toHaveLength((readFileSync(path, 'utf8').match(/^ *```/gm)?.length ?? 0) / 2);
  });
});

test.each(all)('every link of %s leads to a file', (path) => {
  expect(listLinks(path).filter((target) => !existsSync(join(dirname(path), target)))).toEqual([]);
});

test.each(all)('every script that %s names is there', (path) => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object };
  const named = [...readFileSync(path, 'utf8').matchAll(/`npm run ([\w:]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('the table of folders says what the linter enforces', () => {
  const enforced = listPairs('eslint.config.js', /^ {2}(\w+): \[((?:'\w+'(?:, )?)*)\],$/gm);
  const described = listPairs('docs/architecture.md', /^\| `(\w+)\/` \| (.*?) \|/gm);
  expect(enforced.size).toBeGreaterThan(0);
  expect(described).toEqual(enforced);
});

test('the description of the cluster test names every variable it reads', () => {
  const programs = readdirSync('test/cluster').filter((name) => name.endsWith('.ts'));
  const read = programs.flatMap((name) => listVariables(`test/cluster/${name}`));
  expect(new Set(listVariables('test/cluster/README.md'))).toEqual(new Set(read));
});

/** Does with a block what a reader would do. */
function follow(block: Block, bench: Bench): void {
  const { language, text } = block;
  if (language === 'console') {
    for (const { command, output } of listExamples(block)) compare(bench.run(command), output);
  } else if (language === 'sh') {
    for (const command of text.trim().split('\n')) bench.run(command);
  } else if (language === 'diff') {
    bench.edit(text);
  } else if (language === 'yaml') {
    const [, file = '', excerpt = ''] = /^# (\S+)\n(.*)$/s.exec(text) ?? [];
    if (!contains(bench.read(file), excerpt)) throw new Error(`${file} holds no such part`);
  } else {
    expect(['text', 'mermaid']).toContain(language);
  }
}

function compare(printed: string | undefined, shown: string): void {
  if (printed !== undefined && !matches(printed, shown)) expect(printed).toBe(shown);
}

/** Folders by name, with those that they may import. */
function listPairs(path: string, pattern: RegExp): ReadonlyMap<string, readonly string[]> {
  const found = [...readFileSync(path, 'utf8').matchAll(pattern)];
  return new Map(found.map(([, name = '', list = '']) => [name, (list.match(/\w+/g) ?? []).toSorted()]));
}

function listVariables(path: string): readonly string[] {
  return readFileSync(path, 'utf8').match(/(?<=\benv\.|['`])(?:KUBE|DRIFTLOOP_)[A-Z_]+/g) ?? [];
}
