import { readFileSync, writeFileSync } from 'node:fs';

/** Compares with a readable file of test/charts/golden; `UPDATE_GOLDEN=1` writes it. */
export function expectGolden(file: string, text: string): void {
  const url = new URL(`golden/${file}`, import.meta.url);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(url, text);
  expect(text).toBe(readFileSync(url, 'utf8'));
}
