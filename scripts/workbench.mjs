// What the scripts share: running programs, and bringing node_modules and build/ up to date. Only Node's own modules,
// because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const stampFile = join(root, 'node_modules/.cache/driftloop-build');

/** Runs a program of ours in the repository; ends this process with its status when it fails. */
export function runOrExit(program, words, options = {}) {
  const result = spawnSync(program, words, { cwd: root, stdio: ['inherit', 2, 2], ...options });
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** Installs what package-lock.json says, when node_modules holds something else; that builds too (`prepare`). */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.error('Installing packages (npm ci) ...');
  runOrExit('npm', ['ci', '--no-audit', '--no-fund']);
}

/** Compiles, when a source has changed since. */
export function ensureBuilt() {
  if (isBuilt()) return;
  console.error('Compiling ...');
  runOrExit(process.execPath, ['scripts/build.mjs']);
}

export function isBuilt() {
  const entries = ['build/main.js', 'build/cli/driftloop.js', 'build/step-runner/step.mjs'];
  if (!entries.every((file) => existsSync(join(root, file)))) return false;
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digestSources();
}

/** Remembers what build/ was made from. */
export function stampBuild() {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, digestSources());
}

function isInstalled() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = new Map(readPackages(installed).map(([path, entry]) => [path, entry.version]));
  return wanted.every(
    ([path, entry]) => path === '' || entry.optional === true || present.get(path) === entry.version,
  );
}

function readPackages(lockFile) {
  return Object.entries(JSON.parse(readFileSync(lockFile, 'utf8')).packages);
}

const sourceFolders = JSON.parse(readFileSync(join(root, 'tsconfig.build.json'), 'utf8')).include;

/** Of everything that what we render may depend on. */
export function digestSources() {
  const digest = createHash('sha256');
  const files = [
    ...[
      'index.ts',
      'main.ts',
      'package-lock.json',
      'tsconfig.json',
      'tsconfig.build.json',
      'schemas/structural.json',
    ],
    ...['build', 'bundle-steps', 'bundle-page', 'bundle-cli', 'program-loader', 'record-code'].map(
      (name) => `scripts/${name}.mjs`,
    ),
    ...sourceFolders.filter((folder) => !folder.includes('*')).flatMap(listSources),
  ];
  for (const file of files.sort()) digest.update(`${file}\0`).update(readFileSync(join(root, file)));
  return digest.digest('hex');
}

function listSources(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((name) => /\.(?:ts|css)$/.test(name))
    .map((name) => join(folder, name));
}
