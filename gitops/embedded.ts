import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Git } from './git.js';
import { OutsideError } from './outside-error.js';

/** Folder of the workspace for what driftloop keeps there; Git ignores it. */
export const privateDirectory = '.driftloop';

/** Where the local repository of a workspace stands. */
export function embeddedRepositoryPath(workspaceDirectory: string): string {
  return join(workspaceDirectory, privateDirectory, 'gitops.git');
}

/**
 * The local bare repository that serves as target while none is configured, created on demand with branch main.
 * Returns its path. Two processes may ask at once: it appears whole, by a rename, or not at all.
 */
export async function ensureEmbeddedRepository(workspaceDirectory: string): Promise<string> {
  const path = embeddedRepositoryPath(workspaceDirectory);
  if (await exists(join(path, 'HEAD'))) return path;
  const directory = join(workspaceDirectory, privateDirectory);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, '.gitignore'), '*\n');
  const fresh = await mkdtemp(join(directory, 'new-'));
  try {
    const git = new Git({ directory: fresh, gitDirectory: fresh });
    await git.run(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', fresh]);
    await git.run(['config', 'uploadpack.allowFilter', 'true']);
    await git.run(['config', 'uploadpack.allowAnySHA1InWant', 'true']);
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    if (!(await exists(join(path, 'HEAD')))) {
      throw new OutsideError(`the local GitOps repository ${path} cannot be created`, { cause: error });
    }
  }
  return path;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
