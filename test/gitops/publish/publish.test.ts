import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedRemote, ensureEmbeddedRepository } from '../../../gitops/git/embedded.js';
import { OutsideError } from '../../../gitops/outside-error.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { instantClock, publishUnits, source, succeeded } from '../support/publishing.js';
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
const prod1 = unit('prod/jukebox', {
  alerts: [object('a', { metadata: { name: 'a', namespace: 'mlops-prod' } })],
});
const toolings = unit('toolings', {
  listener: [object('l', { metadata: { name: 'l', namespace: 'mlops-toolings' } })],
});

function withObject(extra: KubernetesObject) {
  return unit('test/jukebox', { alerts: [object('a'), object('b'), extra] });
}

const ada = { name: 'Ada', email: 'ada@example.com' };

const metadataOf = (environment: string) => `environments/${environment}/hydrator.metadata`;

describe('publishing', () => {
  test('the first time creates the branch with everything in one commit', async () => {
    const repository = bareRepository();
    const result = await succeeded(publishUnits(repository, [toolings, test1, prod1]));
    expect(result).toMatchObject({ action: 'pushed', branch: 'main', repository });
    expect(git(repository, 'rev-parse', 'main')).toBe(result.commit);
    expect(commitCount(repository)).toBe(1);
    expect(filesIn(repository)).toEqual([
      '.driftloop/owned.json',
      'environments/prod/hydrator.metadata',
      'environments/prod/jukebox/alerts.k8s.yaml',
      'environments/test/hydrator.metadata',
      'environments/test/jukebox/alerts.k8s.yaml',
      'toolings/listener.k8s.yaml',
    ]);
    expect(git(repository, 'fsck', '--strict')).toBe('');
  });

  test('the second time makes no commit, even from a newer commit of the workspace', async () => {
    const repository = bareRepository();
    const first = await succeeded(publishUnits(repository, [test1]));
    const newer = { ...source, sha: 'f'.repeat(40), subject: 'docs: typo' };
    const second = await succeeded(publishUnits(repository, [test1], { source: newer }));
    expect(second).toMatchObject({ action: 'none', commit: first.commit });
    expect(commitCount(repository)).toBe(1);
  });

  test('hydrator.metadata says what an environment was rendered from, and only changes with it', async () => {
    const repository = bareRepository();
    await succeeded(publishUnits(repository, [test1, prod1]));
    const newer = { ...source, sha: 'f'.repeat(40) };
    await succeeded(publishUnits(repository, [withObject(object('c')), prod1], { source: newer }));
    expect(JSON.parse(readFrom(repository, metadataOf('test')))).toMatchObject({ drySha: 'f'.repeat(40) });
    expect(JSON.parse(readFrom(repository, metadataOf('prod')))).toEqual({
      drySha: source.sha,
      repoURL: source.repositoryUrl,
      author: source.author,
      date: source.date,
      subject: source.subject,
      body: source.body,
    });
  });

  test('the commit names units and objects, and carries the trailers Argo CD reads', async () => {
    const repository = bareRepository();
    await succeeded(publishUnits(repository, [test1]));
    expect(git(repository, 'log', '-1', '--format=%an <%ae>%n%cn%n%B', 'main')).toBe(
      [
        'driftloop <noreply@driftloop.dev>',
        'driftloop',
        'deploy(test/jukebox): 2 created',
        '',
        'test/jukebox',
        '  + ConfigMap mlops-test/a',
        '  + ConfigMap mlops-test/b',
        '',
        'Argocd-reference-commit-author: Ada <ada@example.com>',
        `Argocd-reference-commit-sha: ${source.sha}`,
        'Argocd-reference-commit-subject: feat: watch tempo, too',
        'Argocd-reference-commit-body: "Because it drifts.\\n\\nSigned-off-by: Ada <ada@example.com>"',
        'Argocd-reference-commit-repourl: https://git.example.com/mlops/platform.git',
        'Argocd-reference-commit-date: 2026-11-21T02:10:26+00:00',
      ].join('\n'),
    );
    const trailers = git(
      repository,
      'log',
      '-1',
      '--format=%(trailers:key=Argocd-reference-commit-sha,valueonly)',
      'main',
    );
    expect(trailers.trim()).toBe(source.sha);
  });

  test('a workspace outside of Git is published without hydrator.metadata, and an old one does not stay', async () => {
    const repository = bareRepository();
    await succeeded(publishUnits(repository, [test1], { source: undefined }));
    expect(filesIn(repository)).not.toContain(metadataOf('test'));
    await succeeded(publishUnits(repository, [withObject(object('c'))]));
    expect(filesIn(repository)).toContain(metadataOf('test'));
    await succeeded(publishUnits(repository, [test1], { source: undefined }));
    expect(filesIn(repository)).not.toContain(metadataOf('test'));
  });

  test('uncommitted changes of the workspace are warned about', async () => {
    const { value, problems } = await publishUnits(bareRepository(), [test1], {
      source: { ...source, dirty: true },
    });
    expect(value?.action).toBe('pushed');
    expect(problems).toMatchObject([{ code: 'GITOPS_SOURCE_DIRTY', severity: 'warning' }]);
  });

  test('a dry run plans and writes nothing', async () => {
    const repository = bareRepository();
    const result = await succeeded(publishUnits(repository, [test1], { dryRun: true }));
    expect(result).toMatchObject({ action: 'planned', commit: undefined });
    expect(result.plan.units).toHaveLength(1);
    expect(git(repository, 'for-each-ref')).toBe('');
  });

  test('files of other people are kept to the byte', async () => {
    const repository = bareRepository();
    const binary = Uint8Array.from({ length: 256 }, (_, index) => index);
    commitByHand(repository, {
      files: {
        CODEOWNERS: '* @mlops\r\n',
        '.gitattributes': '* text eol=crlf\n',
        'logo.png': binary,
        'tööl.txt': 'x',
      },
      links: { latest: 'environments/test' },
    });
    const before = git(repository, 'ls-tree', '-r', 'main');
    await succeeded(publishUnits(repository, [test1]));
    const after = git(repository, 'ls-tree', '-r', 'main').split('\n');
    expect(before.split('\n').every((line) => after.includes(line))).toBe(true);
    expect(readFrom(repository, 'environments/test/jukebox/alerts.k8s.yaml')).not.toContain('\r');
  });

  test('a removed environment loses its files and its hydrator.metadata', async () => {
    const repository = bareRepository();
    await succeeded(publishUnits(repository, [test1, prod1]));
    await succeeded(publishUnits(repository, [test1], { allowCollapse: true }));
    expect(filesIn(repository).filter((path) => path.includes('prod'))).toEqual([]);
  });

  test('only the selected environment is touched', async () => {
    const repository = bareRepository();
    await succeeded(publishUnits(repository, [test1, prod1]));
    const before = git(repository, 'rev-parse', 'main:environments/prod');
    await succeeded(
      publishUnits(repository, [withObject(object('c'))], { selection: { environments: ['test'] } }),
    );
    expect(git(repository, 'rev-parse', 'main:environments/prod')).toBe(before);
  });

  test('problems of the plan stop it before anything is written', async () => {
    const repository = bareRepository();
    commitByHand(repository, { files: { 'environments/test/jukebox/alerts.k8s.yaml': 'mine\n' } });
    const { value, problems } = await publishUnits(repository, [test1]);
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'GITOPS_PATH_TAKEN' }]);
    expect(commitCount(repository)).toBe(1);
  });

  test('problems of the rendering stop it, too', async () => {
    const problem = { code: 'GITOPS_RENDERING_EMPTY', severity: 'error', message: 'm' } as const;
    const repository = bareRepository();
    const render = () => ({ value: undefined, problems: [problem] });
    expect(await publishUnits(repository, [], { render })).toEqual({ value: undefined, problems: [problem] });
    expect(git(repository, 'for-each-ref')).toBe('');
  });

  test('a branch that does not exist begins without the history of another one', async () => {
    const repository = bareRepository();
    commitByHand(repository, { files: { 'src/code.ts': 'x' } });
    await succeeded(publishUnits(repository, [test1], { branch: 'env/all' }));
    expect(commitCount(repository, 'env/all')).toBe(1);
    expect(filesIn(repository, 'env/all').some((path) => path.startsWith('src'))).toBe(false);
    expect(filesIn(repository, 'main')).toEqual(['src/code.ts']);
  });

  test('a repository that names objects by SHA-256 works the same', async () => {
    const repository = bareRepository('--object-format=sha256');
    commitByHand(repository, { files: { CODEOWNERS: 'x' } });
    await succeeded(publishUnits(repository, [test1]));
    expect(await succeeded(publishUnits(repository, [test1]))).toMatchObject({ action: 'none' });
    expect((await succeeded(publishUnits(repository, [withObject(object('c'))]))).commit).toHaveLength(64);
  });

  test('two thousand files go in one commit, and nothing the second time', async () => {
    const repository = bareRepository();
    const units = Array.from({ length: 200 }, (_, index) =>
      unit(
        `test/model-${index}`,
        Object.fromEntries(
          Array.from({ length: 10 }, (_, file) => [`c${file}`, [object(`o-${index}-${file}`)]]),
        ),
      ),
    );
    await succeeded(publishUnits(repository, units));
    expect(filesIn(repository)).toHaveLength(2002);
    expect(await succeeded(publishUnits(repository, units))).toMatchObject({ action: 'none' });
  });
});

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
