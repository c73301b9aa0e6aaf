import { chmod, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { runFolders, trainingOutputs } from '../../charts/contract.js';
import { emptyFolder } from '../empty-folder.js';
import { StepFailure } from '../step-failure.js';
import { readMetricsFile } from '../evaluation/metrics-file.js';

/** An empty folder, which also an image with a user of its own may write to, in the group of the volume. */
export async function clearTrainedOutput(workspace: string): Promise<void> {
  await chmod(await emptyFolder(workspace, runFolders.output), 0o2775);
}

/** A training that ended well and left nothing has written somewhere else. */
export async function demandTrainedOutput(workspace: string): Promise<void> {
  await readMetricsFile(workspace);
  const folder = join(workspace, runFolders.output);
  const left = await Promise.all(
    [trainingOutputs.model, modelFolder].map((name) => exists(join(folder, name))),
  );
  if (!left.includes(true))
    throw new StepFailure(
      `Training left neither ${trainingOutputs.model} nor a folder ${modelFolder} in its output folder.`,
    );
}

const modelFolder = 'model';

function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
