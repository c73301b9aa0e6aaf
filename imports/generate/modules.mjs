import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Downloads the modules that `go.mod` in `directory` requires (Go checks them against go.sum) and gives
 * a reader of their files that remembers each file's digest for the table of imports/README.md.
 */
export function openModules(directory) {
  const required = readRequirements(join(directory, 'go.mod'));
  const output = execFileSync('go', ['mod', 'download', '-json', ...required], {
    cwd: directory,
    encoding: 'utf8',
  });
  const modules = new Map(parseJsonStream(output).map((module) => [module.Path, module]));
  const read = new Map();
  return {
    read(module, file) {
      const found = modules.get(module);
      if (found === undefined) throw new Error(`imports/crds/go.mod does not require ${module}`);
      const bytes = readFileSync(join(found.Dir, file));
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      read.set(`${module} ${file}`, { module, version: found.Version, file, sha256 });
      return bytes.toString('utf8');
    },
    /** What was read, in a stable order. */
    list() {
      return [...read.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
    },
  };
}

function readRequirements(file) {
  const lines = readFileSync(file, 'utf8').matchAll(/^\t(\S+) (v\S+)$/gm);
  return [...lines].map(([, module, version]) => `${module}@${version}`);
}

/** `go -json` prints objects one after the other, each closed by a brace at the start of a line. */
function parseJsonStream(text) {
  return text
    .split(/^(?<=^\}\n)/m)
    .filter((part) => part.trim() !== '')
    .map((part) => JSON.parse(part));
}
