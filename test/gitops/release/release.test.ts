import { join } from 'node:path';
import type { Release } from '../../../config/release.js';
import { findPublishedCommit } from '../../../gitops/target/published-commit.js';
import { release } from '../../../gitops/release/release.js';
import type { ReleaseRequest } from '../../../gitops/release/release.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { Target } from '../../../gitops/target/target.js';
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
import { object, unit, workspace } from '../support/units.js';

const digest = 'a'.repeat(64);
const record: Release = {
  model: 'jukebox',
  environment: 'test',
  version: '7',
  image: `oci://registry.example.com/jukebox/model@sha256:${digest}`,
  releasedAt: '2026-11-21T12:00:00Z',
  by: 'jukebox-test-0123456789abcdef-20261121021026',
  commit: 'c'.repeat(40),
  metrics: { accuracy: 0.93 },
};

const serving = (image: string) =>
  unit('test/jukebox', { 'model-serving': [object('jukebox', { data: { image } })] });

/** The list of units: an Application each, and the project they belong to. */
function applications(...names: string[]) {
  const listed = names.map((name): [string, KubernetesObject[]] => [
    `mlops.${name.replace('/', '.')}`,
    [
      object(`app-${name.replace('/', '-')}`, {
        kind: 'Application',
        spec: { source: { path: `environments/${name}` } },
      }),
    ],
  ]);
  return unit('applications', { projects: [object('project')], ...Object.fromEntries(listed) });
}

function releaseTo(repository: string, change: Partial<Release> = {}, more: Partial<ReleaseRequest> = {}) {
  return release({
    workspace,
    remote: { url: repository, credentials: undefined },
    branch: 'main',
    source,
    clock: instantClock(),
    lockDirectory: join(temporaryFolder(), 'locks'),
    release: { ...record, ...change },
    render: (releases) => ({
      value: [serving(releases.get('test/jukebox')?.image ?? 'initial')],
      problems: [],
    }),
    ...more,
  });
}

async function publishedRepository(): Promise<string> {
  const repository = bareRepository();
  await succeeded(
    publishUnits(repository, [serving('initial'), unit('prod/jukebox', { alerts: [object('p')] })]),
  );
  return repository;
}

describe('releasing a model version', () => {
  test('writes the record and the unit rendered with it in one commit', async () => {
    const repository = await publishedRepository();
    commitByHand(repository, { files: { CODEOWNERS: 'x' } });
    const result = await succeeded(releaseTo(repository));
    expect(result.action).toBe('pushed');
    expect(git(repository, 'diff', '--name-only', 'main~1', 'main').split('\n')).toEqual([
      '.driftloop/owned.json',
      'environments/test/hydrator.metadata',
      'environments/test/jukebox/model-serving.k8s.yaml',
      'releases/test/jukebox.yaml',
    ]);
    expect(readFrom(repository, 'environments/test/jukebox/model-serving.k8s.yaml')).toContain(record.image);
    expect(git(repository, 'log', '-1', '--format=%s', 'main')).toBe('release(test/jukebox): version 7');
  });

  test('names the model’s commit for Argo CD and the workspace’s commit for the next release', async () => {
    const repository = await publishedRepository();
    await succeeded(releaseTo(repository));
    const trailer = '%(trailers:key=Argocd-reference-commit-sha,valueonly)';
    expect(git(repository, 'log', '-1', `--format=${trailer}`, 'main').trim()).toBe('c'.repeat(40));
    expect(JSON.parse(readFrom(repository, 'environments/test/hydrator.metadata'))).toMatchObject({
      drySha: source.sha,
      references: [{ commit: { sha: 'c'.repeat(40), repoURL: 'https://git.example.com/mlops/jukebox.git' } }],
    });
  });

  test('is nothing to do the second time, whenever and by whomever it is repeated', async () => {
    const repository = await publishedRepository();
    await succeeded(releaseTo(repository));
    const again = await succeeded(releaseTo(repository, { releasedAt: '2026-12-24T00:00:00Z', by: 'ada' }));
    expect(again.action).toBe('none');
    expect(commitCount(repository)).toBe(2);
  });

  test('of the same version with another image is another release', async () => {
    const repository = await publishedRepository();
    await succeeded(releaseTo(repository));
    const other = record.image.replace(digest, 'b'.repeat(64));
    expect((await succeeded(releaseTo(repository, { image: other }))).action).toBe('pushed');
    expect(readFrom(repository, 'releases/test/jukebox.yaml')).toContain('b'.repeat(64));
  });

  test('is not undone by publishing the workspace again', async () => {
    const repository = await publishedRepository();
    await succeeded(releaseTo(repository));
    const after = await succeeded(
      publishUnits(repository, [], {
        selection: { environments: ['test'] },
        render: (releases) => ({
          value: [serving(releases.get('test/jukebox')?.image ?? 'initial')],
          problems: [],
        }),
      }),
    );
    expect(after.action).toBe('none');
  });

  test('of two models at once loses neither', async () => {
    const repository = await publishedRepository();
    const radio = unit('test/radio', { 'model-serving': [object('radio')] });
    await Promise.all([
      succeeded(releaseTo(repository)),
      succeeded(
        releaseTo(repository, { model: 'radio' }, { render: () => ({ value: [radio], problems: [] }) }),
      ),
    ]);
    expect(filesIn(repository)).toEqual(
      expect.arrayContaining(['releases/test/jukebox.yaml', 'releases/test/radio.yaml']),
    );
    expect(commitCount(repository)).toBe(3);
  });

  test('does not undo what was published while it was prepared', async () => {
    const repository = await publishedRepository();
    const newer = { ...source, sha: 'f'.repeat(40) };
    const render = async () => {
      await publishUnits(repository, [serving('published meanwhile')], {
        source: newer,
        selection: { environments: ['test'] },
      });
      return { value: [serving(record.image)], problems: [] };
    };
    const { value, problems } = await releaseTo(repository, {}, { render, publishedFrom: source.sha });
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'GITOPS_SOURCE_MOVED' }]);
    expect(readFrom(repository, 'environments/test/jukebox/model-serving.k8s.yaml')).toContain(
      'published meanwhile',
    );
  });

  test('into an environment that had no such unit lists it for Argo CD, and leaves the rest of the list alone', async () => {
    const repository = bareRepository();
    const prod = unit('prod/jukebox', { alerts: [object('p')] });
    const before = [applications('prod/jukebox', 'prod/radio'), prod];
    await succeeded(publishUnits(repository, before));
    const released = await succeeded(
      releaseTo(
        repository,
        {},
        {
          publishedFrom: source.sha,
          render: () => ({
            value: [
              applications('prod/jukebox', 'test/jukebox', 'test/not-published'),
              prod,
              serving(record.image),
            ],
            problems: [],
          }),
        },
      ),
    );
    expect(released.plan.units.map(({ name }) => name)).toEqual(['applications', 'test/jukebox']);
    expect(git(repository, 'diff', '--name-status', 'main~1', 'main').split('\n')).toEqual([
      'M\t.driftloop/owned.json',
      'A\tapplications/mlops.test.jukebox.k8s.yaml',
      'A\tenvironments/test/hydrator.metadata',
      'A\tenvironments/test/jukebox/model-serving.k8s.yaml',
      'A\treleases/test/jukebox.yaml',
    ]);
    const again = await succeeded(
      publishUnits(repository, [
        applications('prod/jukebox', 'prod/radio', 'test/jukebox'),
        prod,
        serving(record.image),
      ]),
    );
    expect(again.action).toBe('none');
  });

  test('of a unit edited by hand is refused, and no record is left behind', async () => {
    const repository = await publishedRepository();
    commitByHand(repository, {
      files: { 'environments/test/jukebox/model-serving.k8s.yaml': 'kind: Mine\n' },
    });
    const { value, problems } = await releaseTo(repository);
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'GITOPS_FILE_DRIFTED', severity: 'error' }]);
    expect(filesIn(repository)).not.toContain('releases/test/jukebox.yaml');
  });
});

test.each([
  ['a tag', { image: 'oci://registry.example.com/jukebox/model:7' }, 'GITOPS_RELEASE_DIGEST'],
  [
    'a short digest',
    { image: 'oci://registry.example.com/jukebox/model@sha256:abc' },
    'GITOPS_RELEASE_DIGEST',
  ],
  ['an unknown model', { model: '../../../etc' }, 'GITOPS_RELEASE_UNKNOWN'],
  ['an unknown environment', { environment: 'production' }, 'GITOPS_RELEASE_UNKNOWN'],
])('a release with %s is refused before the repository is asked', async (_, change, code) => {
  const { value, problems } = await releaseTo('/nowhere/gitops.git', change);
  expect(value).toBeUndefined();
  expect(problems).toMatchObject([{ code }]);
});

describe('the commit a release must be rendered from', () => {
  const sha = (digit: string) => digit.repeat(40);
  const everything = [
    applications('test/jukebox'),
    serving('initial'),
    unit('test/radio', { a: [object('r')] }),
  ];
  const found = async (repository: string, model: string) => {
    const target = await Target.open({ url: repository, credentials: undefined });
    try {
      return (await findPublishedCommit(await target.fetch('main'), 'test', model)).value;
    } finally {
      await target.close();
    }
  };

  test('is the one its unit was published from, not that of a neighbour published later', async () => {
    const repository = bareRepository();
    await succeeded(publishUnits(repository, everything, { source: { ...source, sha: sha('1') } }));
    await succeeded(
      publishUnits(repository, [serving('changed')], {
        source: { ...source, sha: sha('2') },
        selection: { models: ['jukebox'] },
      }),
    );
    expect(await found(repository, 'jukebox')).toBe(sha('2'));
    expect(await found(repository, 'radio')).toBe(sha('1'));
    expect(readFrom(repository, 'environments/test/hydrator.metadata')).toContain(sha('2'));
  });

  test('moves on for every unit when anything of a whole publication changed', async () => {
    const repository = bareRepository();
    await succeeded(publishUnits(repository, everything, { source: { ...source, sha: sha('1') } }));
    const changed = everything.map((rendered) =>
      rendered.unit.model === 'jukebox' ? serving('changed') : rendered,
    );
    await succeeded(publishUnits(repository, changed, { source: { ...source, sha: sha('2') } }));
    expect(await found(repository, 'radio')).toBe(sha('2'));
  });

  test('of a unit that does not exist yet is that of the list of units', async () => {
    const repository = bareRepository();
    await succeeded(publishUnits(repository, everything, { source: { ...source, sha: sha('1') } }));
    expect(await found(repository, 'new')).toBe(sha('1'));
  });

  test('is unknown where nobody published, or did so from no commit', async () => {
    const repository = bareRepository();
    expect(await found(repository, 'jukebox')).toBeUndefined();
    await succeeded(publishUnits(repository, everything, { source: undefined }));
    expect(await found(repository, 'jukebox')).toBeUndefined();
  });
});
