import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A new and empty folder in the place of whatever had its name; a link is replaced, and not followed. */
export async function emptyFolder(workspace: string, name: string): Promise<string> {
  const folder = join(workspace, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  return folder;
}
