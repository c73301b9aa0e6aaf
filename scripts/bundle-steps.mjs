// Bundles the step runner into build/step-runner: one program with a chunk for what each step needs, so that a step starts
// without reading what others need, and the schemas it validates with. The Containerfile puts the folder into the image.
import { build } from 'esbuild';
import { cp, rm } from 'node:fs/promises';

const root = new URL('..', import.meta.url).pathname;

await rm(`${root}build/step-runner`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: [{ in: 'steps/main.ts', out: 'step' }],
  outdir: 'build/step-runner',
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  legalComments: 'linked',
  logLevel: 'warning',
  // Some libraries are CommonJS and ask for Node's own modules while they run.
  banner: {
    js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
  },
});
await cp(`${root}schemas/structural.json`, `${root}build/step-runner/schemas/structural.json`);
