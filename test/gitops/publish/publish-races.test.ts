import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { OutsideError } from '../../../gitops/outside-error.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { instantClock, publishUnits, succeeded } from '../support/publishing.js';
import {
  bareRepository,
  commitByHand,
  commitCount,
  filesIn,
  git,
  readFrom,
  temporaryFolder,
} from '../support/repository.js';
import { object, unit } from '../support/units.js';
import { containing } from '../support/matchers.js';

const test1 = unit('test/jukebox', { alerts: [object('a'), object('b')] });

function withObject(extra: KubernetesObject) {
  return unit('test/jukebox', { alerts: [object('a'), object('b'), extra] });
}

const ada = { name: 'Ada', email: 'ada@example.com' };

describe('a branch that moves', () => {
  test('is rendered on again, and nobody’s commit is lost', async () => {
    const repository = bareRepository();
    await succeeded(publishUnits(repository, [test1]));
    let renderings = 0;
    const clock = instantClock();
    const result = await succeeded(
      publishUnits(repository, [], {
        clock,
        render: () => {
          renderings += 1;
          if (renderings <= 2) commitByHand(repository, { files: { [`note-${renderings}`]: 'x' } });
          return { value: [withObject(object('c'))], problems: [] };
        },
      }),
    );
    expect(renderings).toBe(3);
    expect(clock.waits).toEqual([500, 750]);
    expect(result.action).toBe('pushed');
    expect(filesIn(repository)).toEqual(expect.arrayContaining(['note-1', 'note-2']));
    expect(commitCount(repository)).toBe(4);
  });

  test('what the newer commit already holds needs no second one', async () => {
    const repository = bareRepository();
    let renderings = 0;
    const render = async () => {
      renderings += 1;
      if (renderings === 1) await succeeded(publishUnits(repository, [test1], { identity: ada }));
      return { value: [test1], problems: [] };
    };
    expect(await succeeded(publishUnits(repository, [], { render }))).toMatchObject({ action: 'none' });
    expect(commitCount(repository)).toBe(1);
  });

  test('without end is given up on after twenty attempts, with the repository as the others left it', async () => {
    const repository = bareRepository();
    commitByHand(repository, { files: { 'note-0': 'x' } });
    let renderings = 0;
    const render = () => {
      renderings += 1;
      commitByHand(repository, { files: { [`note-${renderings}`]: 'x' } });
      return { value: [test1], problems: [] };
    };
    await expect(publishUnits(repository, [], { render })).rejects.toThrow(OutsideError);
    expect(renderings).toBe(20);
    expect(commitCount(repository)).toBe(21);
    expect(filesIn(repository).every((path) => path.startsWith('note-'))).toBe(true);
    // Each of them clones, and somebody commits by hand.
  }, 120_000);

  test('eight publishers at once all land (D79)', async () => {
    const repository = bareRepository();
    const models = Array.from({ length: 8 }, (_, index) => `m${index}`);
    const results = await Promise.all(
      models.map((name) =>
        succeeded(
          publishUnits(repository, [unit(`test/${name}`, { alerts: [object(name)] })], {
            selection: { environments: ['test'], models: [name] },
          }),
        ),
      ),
    );
    expect(results.map(({ action }) => action)).toEqual(models.map(() => 'pushed'));
    expect(commitCount(repository)).toBe(8);
    const owned = JSON.parse(readFrom(repository, '.driftloop/owned.json')) as { units: object };
    expect(Object.keys(owned.units)).toEqual(models.map((name) => `test/${name}`));
  });

  test('publishers that share the lock do not even collide', async () => {
    const repository = bareRepository();
    const lockDirectory = temporaryFolder();
    const clocks = Array.from({ length: 4 }, () => ({ ...instantClock(), progress: [] as string[] }));
    await Promise.all(
      clocks.map((clock, index) =>
        succeeded(
          publishUnits(repository, [unit(`test/m${index}`, { alerts: [object('a')] })], {
            clock,
            lockDirectory,
            onProgress: (message) => clock.progress.push(message),
            selection: { models: [`m${index}`] },
          }),
        ),
      ),
    );
    expect(clocks.flatMap(({ progress }) => progress)).toEqual([]);
    expect(commitCount(repository)).toBe(4);
    expect(readdirSync(lockDirectory)).toEqual([]);
  });
});

describe('refusals of the repository', () => {
  test('a repository that does not exist is explained', async () => {
    const failure = publishUnits(join(temporaryFolder(), 'nothing.git'), [test1]);
    await expect(failure).rejects.toBeInstanceOf(OutsideError);
    await expect(failure).rejects.toMatchObject({
      hint: containing('the repository must exist'),
    });
  });

  test('a name that is no branch is a problem', async () => {
    const { problems } = await publishUnits(bareRepository(), [test1], { branch: '--force' });
    expect(problems).toMatchObject([{ code: 'GITOPS_BRANCH_NAME' }]);
  });

  test('an abort ends it and leaves the repository alone', async () => {
    const repository = bareRepository();
    const controller = new AbortController();
    const render = () => {
      controller.abort(new Error('stopped'));
      return { value: [test1], problems: [] };
    };
    await expect(publishUnits(repository, [], { render, signal: controller.signal })).rejects.toThrow(
      'stopped',
    );
    expect(git(repository, 'for-each-ref')).toBe('');
  });
});
