// The differential tests of all fast paths, with more documents than in CI.
import { spawnSync } from 'node:child_process';
import { root } from '../scripts/workbench.mjs';

const tests = [
  'test/synth/emit/emit-plain.test.ts',
  'test/validate/structure/quick-check.test.ts',
  'test/config/values/re2.test.ts',
];

/** How many documents were compared, and whether all were equal; nothing when none are wanted. */
export function fuzz(documents) {
  if (documents === 0) return { documents, equal: true };
  const { status, stderr } = spawnSync('npm', ['run', '-s', 'test:unit', '--', ...tests], {
    cwd: root,
    env: { ...process.env, DRIFTLOOP_FUZZ_DOCUMENTS: String(documents) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) console.error(String(stderr));
  return { documents, equal: status === 0 };
}
