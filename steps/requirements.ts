import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { runFolders } from '../charts/contract.js';
import { readRunFile } from './run-file.js';
import type { Dependency } from './spdx.js';

const file = 'requirements.txt';

/** What the source of a model pins exactly, one `name==version` on a line; what is not pinned is not known. */
export async function readRequirements(workspace: string): Promise<readonly Dependency[]> {
  const found = await lstat(join(workspace, runFolders.source, file)).catch(() => undefined);
  if (found?.isFile() !== true) return [];
  const text = await readRunFile(workspace, runFolders.source, file);
  const pinned =
    /^([A-Za-z0-9](?:[-\w.]{0,98}[A-Za-z0-9])?)(?:\[[-\w.,\s]*\])?\s*==\s*([A-Za-z0-9][-\w.+!]{0,99})\s*(?:[;#\\].*)?$/;
  return text.split('\n').flatMap((line) => {
    const [, name, version] = pinned.exec(line.trim()) ?? [];
    if (name === undefined || version === undefined) return [];
    // Names that differ in these only are one package.
    return [{ name: name.toLowerCase().replace(/[-_.]+/g, '-'), version }];
  });
}
