import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrorCode } from '../../synth/error-code.js';
import { Git } from './git.js';
import { OutsideError } from '../outside-error.js';
import type { Remote } from './remote.js';

/** Folder of the workspace for what driftloop keeps there; Git ignores it. */
const privateDirectory = '.driftloop';

/** Where the local repository of a workspace stands. */
function embeddedRepositoryPath(workspaceDirectory: string): string {
  return join(workspaceDirectory, privateDirectory, 'gitops.git');
}

/**
 * The local bare repository that serves as target while none is configured. It need not exist: whoever only looks
 * finds it empty, and the first push creates it.
 */
export function embeddedRemote(workspaceDirectory: string): Remote {
  return {
    url: embeddedRepositoryPath(workspaceDirectory),
    credentials: undefined,
    embeddedIn: workspaceDirectory,
  };
}

/** Is there one already? */
export function hasEmbeddedRepository(workspaceDirectory: string): Promise<boolean> {
  return exists(join(embeddedRepositoryPath(workspaceDirectory), 'HEAD'));
}

/**
 * Creates the local repository with branch main, unless it is there. Returns its path. Two processes may ask at once:
 * it appears whole, by a rename, or not at all.
 */
export async function ensureEmbeddedRepository(workspaceDirectory: string): Promise<string> {
  const path = embeddedRepositoryPath(workspaceDirectory);
  if (await hasEmbeddedRepository(workspaceDirectory)) return path;
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
    if (!(await hasEmbeddedRepository(workspaceDirectory))) {
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
    if (hasErrorCode(error, 'ENOENT')) return false;
    throw error;
  }
}
