// Bundles the two programs over what tsc made of their entries: finding and reading 500 small modules takes longer than
// running them. Verbs are imported when they are called, so what they need goes into chunks of their own. Whoever
// imports the package gets the plain modules.
import { build } from 'esbuild';
import { digestSources } from './workbench.mjs';

await build({
  absWorkingDir: new URL('..', import.meta.url).pathname,
  entryPoints: ['cli/driftloop.ts', 'main.ts'],
  outbase: '.',
  outdir: 'build',
  chunkNames: 'chunks/[name]-[hash]',
  allowOverwrite: true,
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // What remembers results by the program that made them (synth/cache) needs to tell programs apart.
  define: { DRIFTLOOP_GENERATOR: JSON.stringify(digestSources()) },
  legalComments: 'linked',
  logLevel: 'warning',
  // Some libraries are CommonJS and ask for Node's own modules while they run.
  banner: {
    js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
  },
});
