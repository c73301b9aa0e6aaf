import {
  digestOf,
  formatOwnership,
  parseOwnership,
  readOwnership,
} from '../../../gitops/target/ownership.js';
import type { Ownership } from '../../../gitops/target/ownership.js';
import { tree } from '../support/units.js';

const digest = digestOf('text');
const ownership: Ownership = new Map([
  [
    'toolings',
    {
      environment: undefined,
      model: undefined,
      source: 'a'.repeat(40),
      files: new Map([['toolings/a.k8s.yaml', digest]]),
    },
  ],
  [
    'test/jukebox',
    {
      environment: 'test',
      model: 'jukebox',
      source: undefined,
      files: new Map([
        ['environments/test/jukebox/b.k8s.yaml', digest],
        ['environments/test/jukebox/a.k8s.yaml', digest],
      ]),
    },
  ],
]);

test('what is written can be read again, and its order does not depend on that of the units', () => {
  const text = formatOwnership(ownership);
  expect(formatOwnership(new Map([...ownership].reverse()))).toBe(text);
  expect(formatOwnership(parseOwnership(Buffer.from(text)).value ?? new Map())).toBe(text);
  expect(text.indexOf('a.k8s.yaml')).toBeLessThan(text.indexOf('b.k8s.yaml'));
  expect(text).toContain('"version": 1');
});

test('the commit most units come from stands once, and each unit keeps its own', () => {
  const [first, second] = ['a'.repeat(40), 'b'.repeat(40)];
  const sources = [second, second, first, undefined];
  const units: Ownership = new Map(
    sources.map((source, index) => [
      `test/m${index}`,
      { environment: 'test', model: `m${index}`, source, files: new Map([[`m${index}`, digest]]) },
    ]),
  );
  const text = formatOwnership(units);
  expect(text.split('\n').filter((line) => line.includes('source'))).toEqual([
    `  "source": "${second}",`,
    `      "source": "${first}",`,
    '      "source": null,',
  ]);
  const read = parseOwnership(Buffer.from(text)).value;
  expect([...(read?.values() ?? [])].map(({ source }) => source)).toEqual(sources);
});

test('a target without the file owns nothing', async () => {
  expect(await readOwnership(tree({}))).toEqual({ value: new Map(), problems: [] });
});

const owns = (path: string) => `{"version":1,"units":{"u":{"files":{${JSON.stringify(path)}:"${digest}"}}}}`;

describe('a broken file is a problem, never a guess', () => {
  test.each([
    ['conflict marks', '<<<<<<< HEAD\n{}'],
    ['nothing', ''],
    ['another version', '{"version":2,"units":{}}'],
    ['an unknown key', '{"version":1,"units":{},"more":1}'],
    ['an option instead of a commit', '{"version":1,"source":"--upload-pack=x","units":{}}'],
    ['a digest of another kind', '{"version":1,"units":{"u":{"files":{"a/b":"md5:00"}}}}'],
    ['a path that leaves the repository', owns('../../secrets')],
    ['an absolute path', owns('/etc/passwd')],
    ['a path into .git', owns('a/.GIT/config')],
    ['itself', owns('.driftloop/owned.json')],
    ['a release record', owns('releases/test/jukebox.yaml')],
    ['bytes that are not UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d)],
    [
      'one path of two units',
      `{"version":1,"units":{"u":{"files":{"a/b":"${digest}"}},"v":{"files":{"a/b":"${digest}"}}}}`,
    ],
  ])('%s', (_, content) => {
    const { value, problems } = parseOwnership(Buffer.from(content));
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'GITOPS_OWNERSHIP_BROKEN', severity: 'error' }]);
  });

  test('a symbolic link in its place', async () => {
    const { value, problems } = await readOwnership(tree({ '.driftloop/owned.json': null }));
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'GITOPS_OWNERSHIP_BROKEN' }]);
  });

  test('a unit called __proto__ stays a unit', () => {
    const { value } = parseOwnership(
      Buffer.from(`{"version":1,"units":{"constructor":{"files":{"a/b":"${digest}"}}}}`),
    );
    expect([...(value?.keys() ?? [])]).toEqual(['constructor']);
  });
});
