import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Problem } from '../problems/problem.js';

/** A directory can be made, or is there already; other reasons why it cannot be written are found when it is. */
export function checkOutputDirectory(directory: string, option: string): readonly Problem[] {
  let nearest = directory;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  if (statSync(nearest).isDirectory()) return [];
  const message = `${nearest} is a file, where ${option} needs a folder.`;
  return [
    { code: 'CLI_VALUE_INVALID', severity: 'error', message, hint: 'Move the file, or name another folder.' },
  ];
}
