// Bundles the two programs over what tsc made of their entries: finding and reading 500 small modules takes longer than
// running them. Verbs are imported when they are called, so what they need goes into chunks of their own. Whoever
// imports the package gets the plain modules.
import { build, transform } from 'esbuild';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { recordCode } from './record-code.mjs';
import { digestSources, root } from './workbench.mjs';

const output = join(root, 'build');
const chunks = join(output, 'chunks');
const starters = ['cli/driftloop', 'main'];

const { outputFiles } = await build({
  absWorkingDir: root,
  // Whoever records the code of the chunks calls the program itself.
  entryPoints: [...starters, 'cli/program'].map((entry) => `${entry}.ts`),
  outbase: '.',
  outdir: 'build',
  chunkNames: 'chunks/[name]-[hash]',
  write: false,
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // What remembers results by the program that made them (synth/cache) needs to tell programs apart.
  define: { DRIFTLOOP_GENERATOR: JSON.stringify(digestSources()) },
  legalComments: 'linked',
  logLevel: 'warning',
});

rmSync(chunks, { recursive: true, force: true });
mkdirSync(chunks);
copyFileSync(join(root, 'scripts/program-loader.mjs'), join(chunks, 'loader.mjs'));
for (const { path, text } of outputFiles) await writeChunk(path, text);
for (const entry of starters) writeFileSync(join(output, `${entry}.js`), starterOf(entry));
await recordCode(chunks);

/** Only modules can be split by the bundler, and only scripts can be kept compiled by V8 (scripts/program-loader.mjs). */
async function writeChunk(path, text) {
  if (!path.endsWith('.js')) return writeFileSync(join(chunks, basename(path)), text);
  const { code } = await transform(text.replace(/^#!.*\n/, ''), {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    define: { 'import.meta.url': 'chunkUrl' },
    supported: { 'dynamic-import': false },
  });
  const name = basename(path).replace(/\.js$/, '.cjs');
  writeFileSync(
    join(chunks, name),
    `(function (exports, require, module, chunkUrl) {${renameChunks(code)}\n})`,
  );
}

function renameChunks(code) {
  return code.replace(
    /require\("(\.{1,2}\/[^"]+)\.js"\)/g,
    (_call, name) => `require("./${basename(name)}.cjs")`,
  );
}

function starterOf(entry) {
  const loader = relative(join(output, entry, '..'), join(chunks, 'loader.mjs'));
  const path = loader.startsWith('.') ? loader : `./${loader}`;
  return `#!/usr/bin/env node\nimport { load } from '${path}';\nload('${basename(entry)}.cjs');\n`;
}
