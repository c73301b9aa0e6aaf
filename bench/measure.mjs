// Runs programs as processes of their own and measures them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/workbench.mjs';

const recorder = join(root, 'bench/record-usage.mjs');

/** Wall and CPU time in seconds, peak memory in MB and output of a Node program; `words` begins with its file. */
export function measureNode(words, { folder, ...options } = {}) {
  const own = mkdtempSync(join(folder ?? tmpdir(), 'usage-'));
  const file = join(own, 'usage.json');
  try {
    const env = { ...process.env, BENCH_USAGE: file, ...options.env };
    const { wall, output } = run(process.execPath, ['--import', recorder, ...words], { ...options, env });
    return { wall, output, ...JSON.parse(readFileSync(file, 'utf8')) };
  } finally {
    rmSync(own, { recursive: true });
  }
}

/** Wall time in seconds of any program. */
export function measureProgram(program, words, options = {}) {
  return run(program, words, options);
}

/** The fastest run, which neighbours disturbed least; `prepare` is called before each one and not measured. */
export function bestOf(count, work, prepare = () => undefined) {
  const runs = Array.from({ length: count }, (_, round) => {
    prepare(round);
    return work(round);
  });
  return runs.reduce((best, run) => (run.wall < best.wall ? run : best));
}

export function isInstalled(program, words) {
  return spawnSync(program, words, { stdio: 'ignore' }).status === 0;
}

function run(program, words, options) {
  const start = performance.now();
  const result = spawnSync(program, words, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 30,
    ...options,
  });
  const wall = (performance.now() - start) / 1000;
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0) {
    throw new Error(`${program} ${words.join(' ')} ended with ${result.status}:\n${String(result.stderr)}`);
  }
  return { wall, output: String(result.stdout) };
}
