// `npm test`: installs what is missing, builds, runs every test, and ends with a line that machines can count.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root, runOrExit } from './workbench.mjs';

ensureInstalled();
runOrExit(process.execPath, ['scripts/install-real-servers.mjs']);
ensureBuilt();

const folder = mkdtempSync(join(tmpdir(), 'driftloop-test-'));
const report = join(folder, 'results.json');
const jest = spawnSync(
  process.execPath,
  [
    ...['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'],
    ...['--json', `--outputFile=${report}`, ...process.argv.slice(2)],
  ],
  { cwd: root, stdio: ['inherit', 2, 2] },
);
const results = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
rmSync(folder, { recursive: true });
process.exitCode = results === undefined ? 1 : summarize(results, jest.status);

function summarize(results, status) {
  // A file that cannot be loaded has no tests to fail.
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const skipped = results.numPendingTests + results.numTodoTests;
  for (const name of skippedTests(results)) console.log(`skipped: ${name}`);
  const forbidden = skipped > 0 && process.env.CI === 'true';
  if (forbidden) console.log('With CI=true a skipped test is a failure.');
  console.log(`${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
  return forbidden || failed > 0 ? 1 : (status ?? 1);
}

function skippedTests(results) {
  return results.testResults.flatMap((file) =>
    file.assertionResults
      .filter(({ status }) => status === 'pending' || status === 'todo')
      .map(({ fullName }) => fullName),
  );
}
