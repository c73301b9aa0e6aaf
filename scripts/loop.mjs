// `npm run loop`: from a captured alert to a served model and a pull request, on this machine, told step by step.
import { spawnSync } from 'node:child_process';
import { ensureBuilt, ensureInstalled, root } from './workbench.mjs';

ensureInstalled();
ensureBuilt();

const { status } = spawnSync(
  process.execPath,
  [
    ...['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'],
    ...['--runInBand', 'test/loop/loop.test.ts'],
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, DRIFTLOOP_LOOP: 'told' } },
);
process.exitCode = status ?? 1;
