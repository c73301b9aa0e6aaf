// How long a step takes until it begins its own work: its program is read, its contract and its code are loaded.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../scripts/workbench.mjs';
import { bestOf, measureNode } from './measure.mjs';

const runner = join(root, 'build/step-runner/step.mjs');

/** Wall time in seconds of each step that only says what it needs. */
export function measureSteps() {
  return listSteps().map((name) => ({
    name,
    wall: bestOf(5, () => measureNode([runner, name, '--help'])).wall,
  }));
}

/** Those that are steps; a mode of the image that serves has no such end. */
function listSteps() {
  const usage = execFileSync(process.execPath, [runner, '--help'], { encoding: 'utf8' });
  const [, names = ''] = /step\.mjs (.*) \[--help\]/.exec(usage) ?? [];
  return names.split(' | ').filter((name) => name !== 'verify-events');
}
