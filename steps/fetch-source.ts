import { newestCommit, runFolders } from '../charts/contract.js';
import { fetchSource as contract } from '../charts/tasks/fetch-source.js';
import { isBranchName, redactUrl } from '../gitops/git/remote.js';
import { checkoutBranch, listLeftOut } from './checkout.js';
import { emptyFolder } from './empty-folder.js';
import { openRemote } from './open-remote.js';
import { StepFailure } from './step-failure.js';
import type { Step } from './step.js';

/**
 * Fetches one commit without history, hooks or submodules, into an empty folder, so that an attempt after a failed one
 * finds nothing of it.
 */
export const fetchSource: Step<typeof contract> = {
  contract,
  async perform({ repository, branch, commit: wanted }, { workspace, credentials, log }) {
    if (!isBranchName(branch)) throw new StepFailure(`"${branch}" is not the name of a branch.`);
    const source = await emptyFolder(workspace(), runFolders.source);
    const remote = openRemote(repository, credentials);
    const commit = await checkoutBranch(remote, branch, source, wanted === newestCommit ? undefined : wanted);
    log(`Fetched ${commit} from branch ${branch} of ${redactUrl(repository)}.`);
    for (const what of await listLeftOut(source)) log(`Not fetched: ${what}.`);
    return { commit };
  },
};
