import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedRemote, ensureEmbeddedRepository } from '../../../gitops/git/embedded.js';
import { publishUnits, succeeded } from '../support/publishing.js';
import { commitCount, git, temporaryFolder } from '../support/repository.js';
import { object, unit } from '../support/units.js';

const test1 = unit('test/jukebox', { alerts: [object('a'), object('b')] });

describe('the local repository of a workspace', () => {
  test('is found empty by whoever only looks, and created by the first push', async () => {
    const workspaceDirectory = temporaryFolder();
    const remote = embeddedRemote(workspaceDirectory);
    const planned = await succeeded(publishUnits('', [test1], { remote, dryRun: true }));
    expect(planned).toMatchObject({ action: 'planned', commit: undefined, repository: remote.url });
    expect(planned.plan.units).toHaveLength(1);
    const refused = await publishUnits('', [], { remote });
    expect(refused.problems).toMatchObject([{ code: 'GITOPS_RENDERING_EMPTY' }]);
    expect(readdirSync(workspaceDirectory)).toEqual([]);
    expect(await succeeded(publishUnits('', [test1], { remote }))).toMatchObject({ action: 'pushed' });
    expect(await succeeded(publishUnits('', [test1], { remote, dryRun: true }))).toMatchObject({
      action: 'none',
    });
    expect(commitCount(remote.url)).toBe(1);
  });

  test('is created once, when several publish at the same moment', async () => {
    const remote = embeddedRemote(temporaryFolder());
    const models = ['m0', 'm1', 'm2', 'm3'];
    await Promise.all(
      models.map((name) =>
        succeeded(
          publishUnits('', [unit(`test/${name}`, { alerts: [object(name)] })], {
            remote,
            selection: { models: [name] },
          }),
        ),
      ),
    );
    expect(commitCount(remote.url)).toBe(4);
  });

  test('is created once, on branch main, ignored by the repository around it', async () => {
    const workspaceDirectory = temporaryFolder();
    git(workspaceDirectory, 'init', '--quiet');
    const paths = await Promise.all(
      Array.from({ length: 4 }, () => ensureEmbeddedRepository(workspaceDirectory)),
    );
    expect(new Set(paths)).toEqual(new Set([join(workspaceDirectory, '.driftloop/gitops.git')]));
    expect(readdirSync(join(workspaceDirectory, '.driftloop')).sort()).toEqual(['.gitignore', 'gitops.git']);
    expect(git(workspaceDirectory, 'status', '--porcelain')).toBe('');
    await succeeded(publishUnits(paths[0] ?? '', [test1]));
    expect(await ensureEmbeddedRepository(workspaceDirectory)).toBe(paths[0]);
    expect(commitCount(paths[0] ?? '')).toBe(1);
    expect(git(paths[0] ?? '', 'symbolic-ref', 'HEAD')).toBe('refs/heads/main');
  });
});
