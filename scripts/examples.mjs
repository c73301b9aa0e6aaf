// Renders every example to examples/<name>/rendered/, which is committed; with --check only compares.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root, runOrExit } from './workbench.mjs';

const check = process.argv.includes('--check');
ensureInstalled();
ensureBuilt();

const folders = readdirSync(join(root, 'examples'))
  .map((name) => join(root, 'examples', name))
  .filter((folder) => ['driftloop.yaml', 'model-deployments'].some((name) => existsSync(join(folder, name))));
const differences = folders.flatMap((folder) => (check ? compareExample(folder) : renderExample(folder)));
for (const line of differences) console.error(line);
if (differences.length > 0) {
  console.error('Run `npm run examples`, and look at what changes.');
  process.exitCode = 1;
}

function renderExample(folder, output = join(folder, 'rendered')) {
  runOrExit(process.execPath, ['build/cli/driftloop.js', 'synth', '-C', folder, '-o', output]);
  return [];
}

function compareExample(folder) {
  const temporary = mkdtempSync(join(tmpdir(), 'driftloop-examples-'));
  try {
    const fresh = join(temporary, 'rendered');
    renderExample(folder, fresh);
    return compareTrees(join(folder, 'rendered'), fresh);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function compareTrees(committed, fresh) {
  const before = readTree(committed);
  const after = readTree(fresh);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => `differs: ${join(committed, path)}`);
}

function readTree(folder) {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}
