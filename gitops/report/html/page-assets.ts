import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the page is made of besides its content; `npm run build` makes both from gitops/report/browser. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

let assets: PageAssets | undefined;

export function readPageAssets(): PageAssets {
  assets ??= { script: readBuilt('report-page.js'), style: readBuilt('report-page.css') };
  return assets;
}

/** The policy that lets nothing run or load but what stands in the page itself. */
export function contentSecurityPolicy({ script, style }: PageAssets): string {
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** This file runs from source, compiled or bundled, so the package's folder is looked for upwards. */
function readBuilt(name: string): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, 'package.json'))) directory = dirname(directory);
  return readFileSync(join(directory, 'build/gitops/report/browser', name), 'utf8');
}
