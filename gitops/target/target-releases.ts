import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Workspace } from '../../config/model.js';
import { loadReleases } from '../../config/release-files.js';
import { parseQuarantine, quarantinePath } from '../../config/quarantine-files.js';
import type { Quarantine } from '../../config/quarantine.js';
import type { Releases } from '../../config/release.js';
import type { Checked, Problem } from '../../problems/problem.js';
import { isSafePath, targetLayout } from './layout.js';
import type { TargetTree } from './target-tree.js';
import { withTemporaryFolder } from '../temporary-folder.js';

/**
 * The release records of a target. A record that cannot be read stops everything: without it the model would be
 * rolled back to its initial version.
 */
export async function readReleases(target: TargetTree, workspace: Workspace): Promise<Checked<Releases>> {
  const paths = [...target.entries.keys()].filter((path) => path.startsWith(`${targetLayout.releases}/`));
  const contents = await target.read(paths);
  const problems = paths.filter((path) => !contents.has(path) || !isSafePath(path)).map(describeUnreadable);
  if (problems.length > 0) return { value: undefined, problems };
  return withTemporaryFolder('releases', async (directory) => {
    for (const [path, content] of contents) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), content);
    }
    return loadReleases(directory, workspace);
  });
}

/** What of a model may not be released any more. A quarantine that cannot be read stops every release of the model. */
export async function readQuarantine(target: TargetTree, model: string): Promise<Checked<Quarantine>> {
  const path = quarantinePath(model);
  if (!target.entries.has(path)) return { value: [], problems: [] };
  const content = (await target.read([path])).get(path);
  return content === undefined
    ? { value: undefined, problems: [describeUnreadable(path)] }
    : parseQuarantine(content.toString('utf8'), model);
}

function describeUnreadable(path: string): Problem {
  return {
    code: 'GITOPS_RELEASE_UNREADABLE',
    severity: 'error',
    message: `${JSON.stringify(path)} of the GitOps repository is not a readable file`,
    hint: 'Restore the record from the history of the repository.',
  };
}
