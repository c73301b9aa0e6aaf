import type { KubernetesObject } from '../../../synth/manifest.js';
import { publishUnits, source, succeeded } from '../support/publishing.js';
import { bareRepository, commitByHand, commitCount, filesIn, git, readFrom } from '../support/repository.js';
import { object, unit } from '../support/units.js';

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
