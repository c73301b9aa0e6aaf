import { runFolders } from '../charts/contract.js';
import { clearData as contract } from '../charts/tasks/clear-data.js';
import { emptyFolder } from './empty-folder.js';
import type { Step } from './step.js';

/** Leaves an empty data folder, whatever an attempt to fetch the data has put there. */
export const clearData: Step<typeof contract> = {
  contract,
  async perform(_, { workspace }) {
    await emptyFolder(workspace(), runFolders.data);
    return {};
  },
};
