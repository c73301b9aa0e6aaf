import { parseRelease, releasePath } from '../config/release-files.js';
import type { Release } from '../config/release.js';
import type { Remote } from '../gitops/git/remote.js';
import { Target } from '../gitops/target/target.js';
import { StepFailure } from './step-failure.js';

/** What an environment runs, by the record of the GitOps repository; undefined: nothing was released to it. */
export async function readRelease(
  remote: Remote,
  branch: string,
  { environment, model }: { readonly environment: string; readonly model: string },
): Promise<Release | undefined> {
  const path = releasePath(environment, model);
  const target = await Target.open(remote);
  try {
    const tree = await target.fetch(branch);
    if (!tree.entries.has(path)) return undefined;
    const content = (await tree.read([path])).get(path);
    const release = content && parseRelease(content.toString('utf8'), path);
    if (release !== undefined) return release;
    throw new StepFailure(
      `${path} of the GitOps repository cannot be read: restore it from the repository's history.`,
    );
  } finally {
    await target.close();
  }
}
