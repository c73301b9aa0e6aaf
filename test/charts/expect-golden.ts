import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { emitManifests } from '../../synth/emit.js';
import type { KubernetesObject } from '../../synth/manifest.js';

/** Compares with a readable file of test/charts/golden; `UPDATE_GOLDEN=1` writes it. */
export function expectGolden(file: string, rendered: string | readonly KubernetesObject[]): void {
  const url = goldenFile(file);
  const text = typeof rendered === 'string' ? rendered : emitManifests(rendered);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(url, text);
  expect(text).toBe(existsSync(url) ? readFileSync(url, 'utf8') : 'no such golden file');
}

export function goldenFile(file: string): URL {
  return new URL(`golden/${file}`, import.meta.url);
}
