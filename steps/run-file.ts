import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { runFolders } from '../charts/contract.js';
import { runFileLimit } from '../charts/tasks/metrics-file.js';
import { StepFailure } from './step-failure.js';

type RunFolder = (typeof runFolders)[keyof typeof runFolders];

/** The text of a file in a folder of the run's volume; without it the step fails. */
export async function readRunFile(workspace: string, folder: RunFolder, file: string): Promise<string> {
  const text = await findRunFile(workspace, folder, file);
  if (text !== undefined) return text;
  throw new StepFailure(
    folder === runFolders.output
      ? `Training left no ${file} in its output folder.`
      : `There is no ${file} in the folder ${folder} of the run.`,
  );
}

/**
 * The same, where the file may be missing (undefined). Foreign code may have written it: links out of the folder are not
 * followed, and the size is bounded.
 */
export async function findRunFile(
  workspace: string,
  folder: RunFolder,
  file: string,
): Promise<string | undefined> {
  const path = join(await realpath(workspace), folder, file);
  if ((await realpath(path).catch(() => undefined)) !== path) return undefined;
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (!found.isFile() || found.size > runFileLimit) {
      throw new StepFailure(`${file} must be a plain file of at most ${runFileLimit} bytes.`);
    }
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
