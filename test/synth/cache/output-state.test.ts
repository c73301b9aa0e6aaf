import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readOutputState } from '../../../synth/cache/output-state.js';
import { formatRecord, recordFile } from '../../../synth/output-record.js';

const paths = ['README.md', 'a/one.yaml', 'a/b/two.yaml', 'c/three.yaml'];
let output: string;

beforeEach(() => {
  output = mkdtempSync(join(tmpdir(), 'driftloop-output-'));
  mkdirSync(join(output, 'a/b'), { recursive: true });
  mkdirSync(join(output, 'c'));
  for (const path of paths) writeFileSync(join(output, path), path);
  writeFileSync(join(output, recordFile), formatRecord(paths));
});

afterEach(() => {
  rmSync(output, { recursive: true });
});

const changes: readonly (readonly [string, () => void])[] = [
  [
    'a file is written again at once with as many bytes',
    () => {
      writeFileSync(join(output, 'a/b/two.yaml'), 'a/b/TWO.yaml');
    },
  ],
  [
    'a file is edited and dated back',
    () => {
      writeFileSync(join(output, 'a/one.yaml'), 'a/ONE.yaml');
      utimesSync(join(output, 'a/one.yaml'), 1, 1);
    },
  ],
  [
    'a file appears at once in an inner folder',
    () => {
      writeFileSync(join(output, 'a/b/more.yaml'), '');
    },
  ],
  [
    'an empty folder appears',
    () => {
      mkdirSync(join(output, 'c/d'));
    },
  ],
  [
    'a file is replaced by another one with its bytes',
    () => {
      writeFileSync(join(output, 'c/new'), 'c/three.yaml');
      renameSync(join(output, 'c/new'), join(output, 'c/three.yaml'));
    },
  ],
  [
    'a folder becomes a link to one that looks the same',
    () => {
      renameSync(join(output, 'c'), join(output, 'a/c'));
      symlinkSync('a/c', join(output, 'c'));
    },
  ],
  [
    'the record leaves out what is there',
    () => {
      writeFileSync(join(output, recordFile), formatRecord(paths.slice(1)));
    },
  ],
];

describe('the state of an output', () => {
  it('is the same as long as nobody touches anything', () => {
    expect(readOutputState(output)).toBeDefined();
    expect(readOutputState(output)).toBe(readOutputState(output));
  });

  it.each(changes)('never stays the same when %s', (_what, change) => {
    const before = readOutputState(output);
    change();
    expect(readOutputState(output)).not.toBe(before);
  });

  it.each(paths)('is none without %s', (path) => {
    rmSync(join(output, path));
    expect(readOutputState(output)).toBeUndefined();
  });

  it('is none where nothing was ever written, or only a file is', () => {
    expect(readOutputState(join(output, 'nowhere'))).toBeUndefined();
    expect(readOutputState(join(output, 'README.md'))).toBeUndefined();
  });

  it('is none while something foreign is in it that came together with what is ours', () => {
    writeFileSync(join(output, 'a/foreign'), '');
    expect(readOutputState(output)).toBeUndefined();
  });

  it('notices what came long after, by the time of its folder alone', async () => {
    const folder = statSync(join(output, 'c')).ctimeMs;
    while (statSync(join(output, recordFile)).ctimeMs <= folder + 100) {
      await setTimeout(10);
      writeFileSync(join(output, recordFile), formatRecord(paths));
    }
    const before = readOutputState(output);
    expect(before).toBeDefined();
    writeFileSync(join(output, 'c/later.yaml'), '');
    expect(readOutputState(output)).not.toBe(before);
  });
});
