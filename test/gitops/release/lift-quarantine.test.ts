import { liftQuarantine } from '../../../gitops/release/lift-quarantine.js';
import type { LiftResult } from '../../../gitops/release/lift-quarantine.js';
import type { Checked } from '../../../problems/problem.js';
import { source } from '../support/publishing-source.js';
import { done, refused, Releasing } from '../support/releasing.js';
import { commitCount, git, readFrom } from '../support/repository.js';
import { workspace } from '../support/units.js';

const path = 'releases/.quarantine/jukebox.yaml';
let prepared: Releasing;

/** Version 2 was rolled back and is quarantined. */
beforeAll(async () => {
  prepared = await Releasing.start();
  await prepared.bring('1', '2');
  await done(prepared.rollback('prod', { quarantine: true, reason: 'slow' }));
}, 120_000);

function lift(loop: Releasing, version: string): Promise<Checked<LiftResult>> {
  return liftQuarantine({
    ...{
      workspace,
      source,
      branch: 'main',
      model: 'jukebox',
      version,
      by: 'ada',
      reason: 'the network was slow',
    },
    remote: { url: loop.repository, credentials: undefined },
    render: () => {
      throw new Error('nothing needs to be rendered');
    },
  });
}

test('a version whose quarantine is lifted may be promoted again, and the history says who did it', async () => {
  const loop = prepared.copy();
  expect(await refused(loop.promote({ version: '2' }))).toEqual(['GITOPS_RELEASE_QUARANTINED']);
  const { value } = await lift(loop, '2');
  expect(value).toMatchObject({ action: 'pushed', lifted: [{ version: '2', reason: 'slow' }] });
  expect(git(loop.repository, 'diff', '--name-only', 'main~1', 'main')).toBe(path);
  expect(git(loop.repository, 'log', '-1', '--format=%B', 'main')).toContain(
    'lift(jukebox): version 2 may be released again\n\nLifted by ada: the network was slow',
  );
  expect(readFrom(loop.repository, path)).toContain('versions: []');
  await done(loop.promote({ version: '2' }));
  expect(loop.record('prod')).toMatchObject({ version: '2' });
});

test('what is not quarantined is said, and nothing is committed', async () => {
  const loop = prepared.copy();
  const count = commitCount(loop.repository);
  const { problems } = await lift(loop, '1');
  expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([
    { code: 'GITOPS_RELEASE_NOT_QUARANTINED', hint: 'Quarantined are: 2.' },
  ]);
  await lift(loop, '2');
  expect(await refused(lift(loop, '2'))).toEqual(['GITOPS_RELEASE_NOT_QUARANTINED']);
  expect(commitCount(loop.repository)).toBe(count + 1);
});

test('a model that is not in the workspace is said', async () => {
  const remote = { url: prepared.repository, credentials: undefined };
  const render = () => ({ value: [], problems: [] });
  const request = {
    workspace,
    source,
    branch: 'main',
    remote,
    render,
    model: 'jukbox',
    version: '2',
    by: 'ada',
  };
  expect(await refused(liftQuarantine(request))).toEqual(['GITOPS_RELEASE_UNKNOWN']);
});
