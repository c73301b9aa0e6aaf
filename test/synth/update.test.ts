import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecalledUnit } from '../../synth/cache/part-store.js';
import type { RenderedUnit } from '../../synth/manifest.js';
import { journalFile, markOutput } from '../../synth/patch.js';
import { updateOutput } from '../../synth/update.js';
import { synthesize } from '../../synth/write.js';
import { readTree } from '../cli/read-tree.js';

let parent: string;
let output: string;
let mark: string;

const unit = { name: 'test', directory: 'test', environment: undefined, model: undefined };

function rendered(...files: readonly (readonly [string, string])[]): RenderedUnit {
  return { unit, manifests: [], files: files.map(([path, text]) => ({ path, text })) };
}

const recalled = (...paths: readonly string[]) => new RecalledUnit(unit, [], paths, undefined);
const found = () => [];

beforeEach(async () => {
  parent = mkdtempSync(join(tmpdir(), 'driftloop-update-'));
  output = join(parent, 'dist');
  await synthesize([rendered(['a/x.yaml', '1'], ['a/y.yaml', '1'], ['b/z.yaml', '1'])], output);
  mark = markOutput(output) ?? '';
});

afterEach(() => {
  rmSync(parent, { recursive: true });
});

test('writes what differs, deletes what is gone with its folder, and leaves the rest alone', async () => {
  const before = statSync(join(output, 'a/x.yaml')).ctimeMs;
  const units = [recalled('a/x.yaml'), rendered(['a/y.yaml', '2'], ['c/new.yaml', '1'])];
  const result = await updateOutput(units, output, mark, found);
  expect(result).toEqual({ problems: [], files: ['a/x.yaml', 'a/y.yaml', 'c/new.yaml'] });
  const { '.driftloop-output': record, ...files } = Object.fromEntries(readTree(output));
  expect(files).toEqual({ 'a/x.yaml': '1', 'a/y.yaml': '2', 'c/new.yaml': '1' });
  expect(record).not.toContain('z.yaml');
  expect(readdirSync(output).sort()).toEqual(['.driftloop-output', 'a', 'c']);
  expect(statSync(join(output, 'a/x.yaml')).ctimeMs).toBe(before);
  expect(readdirSync(parent)).toEqual(['dist']);
});

test('leaves what writing everything would leave', async () => {
  await updateOutput([recalled('a/x.yaml'), rendered(['b/z.yaml', '2'])], output, mark, found);
  const updated = readTree(output);
  await synthesize([rendered(['a/x.yaml', '1'], ['b/z.yaml', '2'])], output);
  expect(updated).toEqual(readTree(output));
});

test('changes nothing when something is wrong', async () => {
  const before = readTree(output);
  const wrong = { code: 'CEL_EXPRESSION', severity: 'error', message: 'wrong' } as const;
  const result = await updateOutput([rendered(['a/x.yaml', '2'])], output, mark, () => [wrong]);
  expect(result?.problems).toEqual([wrong]);
  expect(readTree(output)).toEqual(before);
  expect(readdirSync(parent)).toEqual(['dist']);
});

test('gives way to a run that came between', async () => {
  await synthesize([rendered(['a/x.yaml', '3'])], output);
  const theirs = readTree(output);
  expect(await updateOutput([rendered(['a/x.yaml', '2'])], output, mark, found)).toBeUndefined();
  expect(readTree(output)).toEqual(theirs);
  rmSync(output, { recursive: true });
  expect(await updateOutput([rendered(['a/x.yaml', '2'])], output, mark, found)).toBeUndefined();
  expect(readdirSync(parent)).toEqual([]);
});

test('one update after the other is noticed, also when no path has changed', async () => {
  await updateOutput([rendered(['a/x.yaml', '2'])], output, mark, found);
  expect(markOutput(output)).not.toBe(mark);
  expect(await updateOutput([rendered(['a/x.yaml', '3'])], output, mark, found)).toBeUndefined();
});

test('puts everything back when it cannot be finished', async () => {
  // Not of ours, and in the way of a folder.
  writeFileSync(join(output, 'c'), 'mine');
  const before = readTree(output);
  const units = [rendered(['a/x.yaml', '2'], ['a/new/x.yaml', '1'], ['c/new.yaml', '1'])];
  await expect(updateOutput(units, output, mark, found)).rejects.toMatchObject({ code: 'EEXIST' });
  expect(readTree(output)).toEqual(before);
  expect(readdirSync(join(output, 'a')).sort()).toEqual(['x.yaml', 'y.yaml']);
  expect(readdirSync(parent)).toEqual(['dist']);
});

describe('a run that was killed in between', () => {
  let stage: string;

  beforeEach(async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => child.once('exit', resolve));
    stage = `${output}.tmp-${child.pid ?? 0}-0123abcd`;
    mkdirSync(join(stage, 'a'), { recursive: true });
    writeFileSync(join(stage, 'a/y.yaml'), '2');
  });

  test('before its stage was complete has changed nothing', async () => {
    await expect(synthesize([rendered(['../x', ''])], output)).rejects.toThrow('leads out');
    expect(readTree(output).get('a/y.yaml')).toBe('1');
    expect(readdirSync(parent)).toEqual(['dist']);
  });

  test.each([0, 1])('is finished by the next one, wherever it was (%i)', async (done) => {
    const journal = { written: ['a/x.yaml', 'a/y.yaml'], removed: ['b/z.yaml'], mark };
    writeFileSync(join(stage, journalFile), JSON.stringify(journal));
    renameSync(output, `${stage}-previous`);
    // The first file was moved already, and the last one may have been deleted.
    writeFileSync(join(`${stage}-previous`, 'a/x.yaml'), '2');
    if (done === 1) rmSync(join(`${stage}-previous`, 'b'), { recursive: true });
    await expect(synthesize([rendered(['../x', ''])], output)).rejects.toThrow('leads out');
    const files = [...readTree(output)].filter(([path]) => path !== '.driftloop-output');
    expect(Object.fromEntries(files)).toEqual({ 'a/x.yaml': '2', 'a/y.yaml': '2' });
    expect(readdirSync(parent)).toEqual(['dist']);
  });

  test('is not finished on the tree of another run', async () => {
    await synthesize([rendered(['a/x.yaml', '3'], ['a/y.yaml', '3'])], output);
    const theirs = readTree(output);
    mkdirSync(join(stage, 'a'), { recursive: true });
    writeFileSync(join(stage, 'a/y.yaml'), '2');
    writeFileSync(
      join(stage, journalFile),
      JSON.stringify({ written: ['a/y.yaml'], removed: ['a/x.yaml'], mark }),
    );
    renameSync(output, `${stage}-previous`);
    await expect(synthesize([rendered(['../x', ''])], output)).rejects.toThrow('leads out');
    expect(readTree(output)).toEqual(theirs);
  });
});
