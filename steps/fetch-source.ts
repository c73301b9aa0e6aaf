import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runFolders } from '../charts/contract.js';
import { fetchSource as contract } from '../charts/tasks/fetch-source.js';
import { isBranchName, redactUrl } from '../gitops/remote.js';
import { checkoutBranch } from './checkout.js';
import { openRemote } from './open-remote.js';
import { StepFailure } from './step-failure.js';
import type { Step } from './step.js';

/**
 * Fetches one commit without history, hooks or submodules, and empties the folders first, so that an attempt after
 * a failed one finds nothing of it.
 */
export const fetchSource: Step<typeof contract> = {
  contract,
  async perform({ repository, branch }, { workspace, credentials, log }) {
    if (!isBranchName(branch)) throw new StepFailure(`"${branch}" is not the name of a branch.`);
    const source = await emptyFolder(workspace(), runFolders.source);
    await emptyFolder(workspace(), runFolders.output);
    const commit = await checkoutBranch(openRemote(repository, credentials), branch, source);
    log(`Fetched ${commit} from branch ${branch} of ${redactUrl(repository)}.`);
    return { commit };
  },
};

async function emptyFolder(workspace: string, name: string): Promise<string> {
  const folder = join(workspace, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  return folder;
}
