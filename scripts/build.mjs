// Compiles the sources to build/, and bundles the step runner and the programs. `npm ci` calls it (`prepare`).
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, runOrExit, stampBuild } from './workbench.mjs';

const output = join(root, 'build');
// Outside of build/, which is packed; without build/ it would make tsc believe that there is nothing to do.
const buildInfo = join(root, 'node_modules/.cache/build.tsbuildinfo');

if (!existsSync(join(output, 'main.js'))) rmSync(buildInfo, { force: true });
removeStale();
runOrExit(process.execPath, [
  'node_modules/typescript/bin/tsc',
  '--project',
  'tsconfig.build.json',
  '--tsBuildInfoFile',
  buildInfo,
]);
runOrExit(process.execPath, ['scripts/bundle-steps.mjs']);
runOrExit(process.execPath, ['scripts/bundle-page.mjs']);
runOrExit(process.execPath, ['scripts/bundle-cli.mjs']);
chmodSync(join(output, 'cli/driftloop.js'), 0o755);
stampBuild();

/** What was compiled from a source that is gone, or written by other tools, must not be packed. */
function removeStale() {
  if (!existsSync(output)) return;
  for (const entry of readdirSync(output, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(output, path);
    if (!entry.isFile() || name.startsWith('step-runner')) continue;
    const source = name.replace(/(?:\.js|\.d\.ts)(?:\.map)?$/, '.ts');
    if (source === name || !existsSync(join(root, source))) rmSync(path);
  }
}
