import { join } from 'node:path';
import { loadWorkspace } from '../config/load-workspace.js';
import type { Workspace } from '../config/model.js';
import { findPublishedCommit } from '../gitops/target/published-commit.js';
import type { Remote } from '../gitops/git/remote.js';
import { describeSourceCommit } from '../gitops/git/source-commit.js';
import type { SourceCommit } from '../gitops/git/source-commit.js';
import { Target } from '../gitops/target/target.js';
import { withTemporaryFolder } from '../gitops/temporary-folder.js';
import { hasErrors } from '../problems/problem.js';
import { checkoutCommit } from './checkout.js';
import { demand } from './demand.js';
import { StepFailure } from './step-failure.js';

/** Whose unit it is, and where the repositories are. */
export interface PublishedRequest {
  readonly model: string;
  readonly environment: string;
  readonly targetBranch: string;
  readonly sourceBranch: string;
  readonly sourcePath: string;
}

/** The workspace at the commit that a model's unit was published from. */
export interface PublishedWorkspace {
  readonly workspace: Workspace;
  readonly commit: string;
  readonly source: SourceCommit | undefined;
}

/** Checks the workspace out, at the commit that is published now; it is gone when the work is done. */
export async function withPublishedWorkspace<T>(
  request: PublishedRequest,
  repositories: { readonly target: Remote; readonly source: Remote },
  work: (published: PublishedWorkspace) => Promise<T>,
): Promise<T> {
  const commit = await lookUpCommit(repositories.target, request);
  return withTemporaryFolder('source', async (folder) => {
    await checkoutCommit(repositories.source, request.sourceBranch, commit, folder);
    const directory = join(folder, request.sourcePath);
    const workspace = demand(loadWorkspace(directory));
    return work({ workspace, commit, source: await describeSourceCommit(directory) });
  });
}

async function lookUpCommit(
  remote: Remote,
  { environment, model, targetBranch }: PublishedRequest,
): Promise<string> {
  const target = await Target.open(remote);
  try {
    const found = await findPublishedCommit(await target.fetch(targetBranch), environment, model);
    if (found.value !== undefined || hasErrors(found.problems)) return demand(found);
    throw new StepFailure(
      `${environment} was never published to ${remote.url} from a commit: publish it once.`,
    );
  } finally {
    await target.close();
  }
}
