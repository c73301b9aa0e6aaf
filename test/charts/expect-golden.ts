import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { emitManifests } from '../../synth/emit.js';
import type { KubernetesObject } from '../../synth/manifest.js';

/** Compares with a readable file beside the tests; `UPDATE_GOLDEN=1` writes it. */
export function expectGolden(file: string, objects: readonly KubernetesObject[]): void {
  const url = new URL(`golden/${file}`, import.meta.url);
  const rendered = emitManifests(objects);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(url, rendered);
  expect(rendered).toBe(existsSync(url) ? readFileSync(url, 'utf8') : 'no such golden file');
}
