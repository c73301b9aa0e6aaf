import { constants } from 'node:fs';
import { mkdir, open, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runFolders } from '../charts/contract.js';
import { StepFailure } from './step-failure.js';

/** Writes a file of the folder `report`; what foreign code has put in the way, such as a link, is replaced or refused. */
export async function writeReport(workspace: string, name: string, text: string): Promise<void> {
  const folder = join(await realpath(workspace), runFolders.report);
  await mkdir(folder, { recursive: true });
  if ((await realpath(folder)) !== folder) {
    throw new StepFailure(`The folder ${runFolders.report} of the run's volume is a link.`);
  }
  const path = join(folder, name);
  await rm(path, { recursive: true, force: true });
  const { O_CREAT, O_EXCL, O_WRONLY } = constants;
  const handle = await open(path, O_CREAT | O_EXCL | O_WRONLY, 0o644);
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
}
