import { clearOutput as contract } from '../charts/tasks/clear-output.js';
import { runFolders } from '../charts/contract.js';
import { emptyFolder } from './empty-folder.js';
import type { Step } from './step.js';

/** Leaves an empty output folder, whatever an attempt of the training has put there. */
export const clearOutput: Step<typeof contract> = {
  contract,
  async perform(_, { workspace }) {
    await emptyFolder(workspace(), runFolders.output);
    return {};
  },
};
