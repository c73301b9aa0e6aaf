import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearData } from '../../steps/clear-data.js';
import { takeSnapshot } from '../../steps/take-snapshot.js';
import { createContext } from './context.js';

let workspace: string;

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'driftloop-data-'));
  mkdirSync(join(workspace, 'data/part'), { recursive: true });
});

afterEach(() => {
  rmSync(workspace, { recursive: true, force: true });
});

const write = (file: string, text: string) => {
  writeFileSync(join(workspace, 'data', file), text);
};

const perform = () => takeSnapshot.perform({}, createContext({ workspace }));

test('what the program says of the data is what it is called', async () => {
  write('a.csv', '1');
  write('snapshot.json', '{"id": "dvc:3f5e@main", "rows": 12}');
  expect(await perform()).toEqual({ snapshot: 'dvc:3f5e@main' });
});

test('where it says nothing, the same files have the same name, and others another', async () => {
  write('a.csv', '1');
  write('part/b.csv', '2');
  const { snapshot } = await perform();
  expect(snapshot).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(JSON.parse(readFileSync(join(workspace, 'data/snapshot.json'), 'utf8'))).toEqual({ id: snapshot });
  expect(await perform()).toEqual({ snapshot });
  rmSync(join(workspace, 'data/snapshot.json'));
  write('a.csv', '2');
  expect((await perform()).snapshot).not.toBe(snapshot);
});

test('a file that moves is other data, though all bytes are the same', async () => {
  write('a.csv', '1');
  const { snapshot } = await perform();
  rmSync(join(workspace, 'data'), { recursive: true });
  mkdirSync(join(workspace, 'data'));
  write('b.csv', '1');
  expect((await perform()).snapshot).not.toBe(snapshot);
});

test.each(['{}', '{"id": 1}', '{"id": ""}', '{"id": "$(params.x)"}', '{"id": "a\\nb"}', 'no JSON', '[]'])(
  'a snapshot.json with %s names nothing, and fails',
  async (text) => {
    write('a.csv', '1');
    write('snapshot.json', text);
    await expect(perform()).rejects.toThrow('snapshot.json must be');
  },
);

test('a folder without data fails: nothing would be trained on', async () => {
  await expect(perform()).rejects.toThrow('There is no data');
  write('snapshot.json', '{"id": "x"}');
  await expect(perform()).rejects.toThrow('There is no data');
});

test('links are not followed, and a snapshot.json that is one is not read', async () => {
  write('a.csv', '1');
  symlinkSync('/etc', join(workspace, 'data/etc'));
  expect((await perform()).snapshot).toMatch(/^sha256:/);
  rmSync(join(workspace, 'data/snapshot.json'));
  symlinkSync('/etc/hostname', join(workspace, 'data/snapshot.json'));
  await expect(perform()).rejects.toThrow('snapshot.json');
});

test('a pipe among the data is told, and not read for ever', async () => {
  execFileSync('mkfifo', [join(workspace, 'data/pipe')]);
  await expect(perform()).rejects.toThrow('pipe of the data is no plain file');
});

test('an attempt to fetch the data starts with an empty folder', async () => {
  write('half.csv', '1');
  await clearData.perform({}, createContext({ workspace }));
  await expect(perform()).rejects.toThrow('There is no data');
});
