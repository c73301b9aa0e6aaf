import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearOutput } from '../../steps/clear-output.js';
import { evaluate } from '../../steps/evaluate.js';
import { metricGates } from '../gates.js';
import { createContext } from './context.js';

let workspace: string;

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'driftloop-clear-output-'));
});

afterEach(() => {
  rmSync(workspace, { recursive: true });
});

const at = (...names: string[]) => join(workspace, ...names);
const clear = () => clearOutput.perform({}, createContext({ workspace }));

test('a run that has no output folder yet gets an empty one', async () => {
  expect(await clear()).toEqual({});
  expect(readdirSync(at('output'))).toEqual([]);
});

test('metrics of an attempt that failed do not pass the gates of the next one', async () => {
  mkdirSync(at('output', 'checkpoints'), { recursive: true });
  writeFileSync(at('output', 'metrics.json'), JSON.stringify({ accuracy: 0.99 }));
  writeFileSync(at('output', 'checkpoints', 'last'), '');
  await clear();
  const gates = metricGates({ metric: 'accuracy', min: 0.75, max: undefined });
  const request = { model: 'jukebox', gates, targetRepository: 'none', targetBranch: 'main' };
  await expect(evaluate.perform(request, createContext({ workspace }))).rejects.toThrow(
    'Training left no metrics.json in its output folder.',
  );
});

test('a link in the place of the folder is replaced, and what it leads to stays', async () => {
  mkdirSync(at('source'));
  writeFileSync(at('source', 'train.mjs'), '');
  symlinkSync('source', at('output'));
  await clear();
  expect(lstatSync(at('output')).isDirectory()).toBe(true);
  expect(existsSync(at('source', 'train.mjs'))).toBe(true);
});
