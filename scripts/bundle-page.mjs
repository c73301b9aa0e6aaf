// Bundles what the HTML report runs in the browser into build/gitops/report/browser, small enough to stand in every page.
import { build } from 'esbuild';

await build({
  absWorkingDir: new URL('..', import.meta.url).pathname,
  entryPoints: ['gitops/report/browser/report-page.ts', 'gitops/report/browser/report-page.css'],
  outdir: 'build/gitops/report/browser',
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2022', 'chrome109', 'firefox115', 'safari16'],
  legalComments: 'none',
  logLevel: 'warning',
});
