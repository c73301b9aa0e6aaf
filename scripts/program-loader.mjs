// Loads a bundled program (scripts/bundle-cli.mjs copies this file beside its chunks). Each chunk is a CommonJS script
// with the code that V8 made of it when the package was built: whoever starts a verb neither waits for the module loader
// nor for the compiler. Code of another V8, or with other flags, is refused by V8 itself, and the chunk is compiled.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Script } from 'node:vm';

const here = fileURLToPath(new URL('.', import.meta.url));
const requireBuiltIn = createRequire(import.meta.url);

/** Chunks by their names, and their scripts; a chunk that needs itself sees what it has exported so far. */
const modules = new Map();
export const scripts = new Map();

/** @param name of a chunk, or of a module of Node; a path is that of a chunk beside this file */
export function load(name) {
  if (!name.endsWith('.cjs')) return requireBuiltIn(name);
  const chunk = basename(name);
  const known = modules.get(chunk);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  modules.set(chunk, module);
  const file = join(here, chunk);
  const start = compile(chunk, file).runInThisContext();
  start(module.exports, load, module, pathToFileURL(file).href);
  return module.exports;
}

function compile(chunk, filename) {
  const code = codeFileOf(filename);
  const cachedData = existsSync(code) ? readFileSync(code) : undefined;
  const script = new Script(readFileSync(filename, 'utf8'), { filename, cachedData });
  scripts.set(chunk, script);
  return script;
}

/** Where the code of a chunk is kept. */
export function codeFileOf(chunk) {
  return chunk.replace(/\.cjs$/, '.code');
}
