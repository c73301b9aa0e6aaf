import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runFolders } from '../../charts/contract.js';
import { hasErrorCode } from '../../synth/error-code.js';

/**
 * Why attempts have failed, on the run's volume: what was deleted because it did not end is not begun again when Tekton
 * repeats the step. The engines see other folders of the volume only.
 */
export class Verdicts {
  constructor(private readonly workspace: string) {}

  /** undefined: it has not failed yet. */
  async read(name: string): Promise<string | undefined> {
    try {
      return await readFile(this.fileOf(name), 'utf8');
    } catch (error) {
      if (hasErrorCode(error, 'ENOENT')) return undefined;
      throw error;
    }
  }

  async write(name: string, failure: string): Promise<void> {
    await mkdir(join(this.workspace, runFolders.engine), { recursive: true });
    const draft = `${this.fileOf(name)}.new`;
    await writeFile(draft, failure);
    await rename(draft, this.fileOf(name));
  }

  private fileOf(name: string): string {
    return join(this.workspace, runFolders.engine, name);
  }
}
