import fc from 'fast-check';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { fileLimit } from '../../config/load/read-text.js';
import { loadWorkspace } from '../../config/load-workspace.js';
import { problemCodes } from '../../problems/codes.js';
import { formatFrame } from '../../problems/frame.js';
import { goodModel, goodPlatform, removeWorkspaces, writeWorkspace } from './workspace-files.js';

afterEach(removeWorkspaces);

/** Loads and checks what holds for every input whatsoever. */
function expectLocatedProblems(directory: string): void {
  for (const { code, message, position } of loadWorkspace(directory).problems) {
    expect(Object.keys(problemCodes)).toContain(code);
    expect(message).not.toMatch(/undefined|\[object|NaN/);
    const { file = '', line = 0, column = 0 } = position ?? {};
    const text = readFileSync(join(directory, file), 'utf8').replace(/^\uFEFF/, '');
    const lines = text.split('\n');
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
    for (const shown of formatFrame(text, { line, column }).split('\n'))
      expect(shown.length).toBeLessThanOrEqual(81);
  }
}

const files = { 'models/jukebox.yaml': goodModel, 'driftloop.yaml': goodPlatform };
const anyFile = fc.constantFrom('models/jukebox.yaml' as const, 'driftloop.yaml' as const);

test('whatever bytes a file holds, every problem has its place in it and nothing is thrown', () => {
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'binary' }), fc.string());
  fc.assert(
    fc.property(anyFile, bytes, (name, content) => {
      expectLocatedProblems(writeWorkspace({ [name]: content }));
    }),
    { numRuns: 300 },
  );
});

test('whatever value stands where, every problem has its place and nothing is thrown', () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom('*x', '__proto__', '$(x)', '{{ x }}', 1e308, -0),
  );
  const lines = (name: keyof typeof files) => files[name].split('\n');
  fc.assert(
    fc.property(anyFile, fc.nat(), value, (name, index, replaced) => {
      const changed = lines(name).map((line, at, all) =>
        at === index % all.length ? line.replace(/: .*$/, `: ${JSON.stringify(replaced)}`) : line,
      );
      expectLocatedProblems(writeWorkspace({ [name]: changed.join('\n') }));
    }),
    { numRuns: 400 },
  );
});

test('whatever piece is cut, doubled or moved, every problem has its place and nothing is thrown', () => {
  const piece = fc.tuple(fc.nat(), fc.nat({ max: 60 }), fc.nat(), fc.constantFrom('cut', 'double', 'move'));
  fc.assert(
    fc.property(anyFile, fc.array(piece, { minLength: 1, maxLength: 3 }), (name, pieces) => {
      const mutated = pieces.reduce((text, [from, length, to, what]) => {
        const start = from % (text.length + 1);
        const taken = text.slice(start, start + length);
        const rest = what === 'double' ? text : text.slice(0, start) + text.slice(start + length);
        const target = to % (rest.length + 1);
        return what === 'cut' ? rest : rest.slice(0, target) + taken + rest.slice(target);
      }, files[name]);
      expectLocatedProblems(writeWorkspace({ [name]: mutated }));
    }),
    { numRuns: 400 },
  );
});

test('keys of any name in any map are reported, never followed', () => {
  const key = fc.oneof(
    fc.string({ minLength: 1, maxLength: 20 }),
    fc.constantFrom('__proto__', 'constructor', 'toString', '<<', '1'),
  );
  fc.assert(
    fc.property(key, fc.jsonValue({ maxDepth: 2 }), (name, value) => {
      const map = Object.fromEntries([[name, value]]);
      expectLocatedProblems(
        writeWorkspace({ 'models/jukebox.yaml': `${goodModel}service: ${JSON.stringify(map)}\n` }),
      );
      expectLocatedProblems(writeWorkspace({ 'driftloop.yaml': `${goodPlatform}${stringify(map)}` }));
    }),
    { numRuns: 200 },
  );
});

test('a file of 5 MB is refused without being read', () => {
  const directory = writeWorkspace({ 'models/huge.yaml': `# ${'x'.repeat(5_000_000)}\n` });
  const { problems } = loadWorkspace(directory);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({
    code: 'CONFIG_FILE_TOO_LARGE',
    severity: 'error',
    position: { file: 'models/huge.yaml', line: 1, column: 1 },
  });
});

test.each([
  ['a million brackets', '['.repeat(fileLimit - 10)],
  ['a hundred thousand dashes', '- '.repeat(100_000)],
  ['the same key again and again', 'a: 1\n'.repeat(150_000)],
  ['100 000 different keys', Array.from({ length: 100_000 }, (_, index) => `k${index}:`).join('\n')],
  ['100 000 aliases', `a: &a 1\nb: [${'*a, '.repeat(100_000)}]\n`],
  [
    '20 000 anchors and aliases',
    Array.from({ length: 20_000 }, (_, index) => `k${index}: [&a${index} x, *a${index}]`).join('\n'),
  ],
  ['a line without end', `model: ${'x'.repeat(fileLimit - 100)}`],
  ['quotes without end', `model: "${'\\"'.repeat(400_000)}`],
])('%s cost neither the stack nor a minute', (_, content) => {
  const started = performance.now();
  const directory = writeWorkspace({ 'models/jukebox.yaml': content });
  expectLocatedProblems(directory);
  expect(loadWorkspace(directory).value).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('models that are a circle of links, or a file, are not taken for no models', () => {
  for (const make of [
    (path: string) => {
      symlinkSync('models', path);
    },
    (path: string) => {
      writeFileSync(path, '');
    },
  ]) {
    const directory = writeWorkspace();
    rmSync(join(directory, 'models'), { recursive: true });
    make(join(directory, 'models'));
    expect(loadWorkspace(directory).problems.map(({ code }) => code)).toEqual(['CONFIG_FILE_UNREADABLE']);
  }
});

test.each([
  ['to itself', 'driftloop.yaml'],
  ['to nothing', 'nothing'],
])('a link %s in the place of driftloop.yaml is said to be one', (_, target) => {
  const directory = writeWorkspace();
  rmSync(join(directory, 'driftloop.yaml'));
  symlinkSync(target, join(directory, 'driftloop.yaml'));
  expect(loadWorkspace(directory).problems).toMatchObject([{ code: 'CONFIG_FILE_UNREADABLE' }]);
});

test('a circle of symbolic links, a folder and an endless device are refused without waiting', () => {
  const directory = writeWorkspace();
  symlinkSync('circle.yaml', join(directory, 'models/circle.yaml'));
  mkdirSync(join(directory, 'models/folder.yaml'));
  symlinkSync('/dev/zero', join(directory, 'models/endless.yaml'));
  const { problems } = loadWorkspace(directory);
  expect(problems.map(({ code, position }) => `${code} ${position?.file ?? ''}`)).toEqual([
    'CONFIG_PATH models/endless.yaml',
    'CONFIG_FILE_UNREADABLE models/circle.yaml',
    'CONFIG_FILE_UNREADABLE models/folder.yaml',
  ]);
});
