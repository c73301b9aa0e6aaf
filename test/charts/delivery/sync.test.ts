import type { Hydration, SyncWindow, Workspace } from '../../../config/model.js';
import { duration } from '../../../config/values/duration.js';
import { validateManifests } from '../../../validate/validate.js';
import { expectGolden } from '../expect-golden.js';
import { everyKindWorkspace, objectsOf, pick, prodEnvironment, render } from '../workspace-fixture.js';

function hydrating(hydrate: Hydration): Workspace {
  const { platform } = everyKindWorkspace;
  return { ...everyKindWorkspace, platform: { ...platform, argocd: { ...platform.argocd, hydrate } } };
}

const windows: readonly SyncWindow[] = [
  {
    kind: 'allow',
    schedule: '0 6 * * 1-5',
    duration: duration('8h'),
    timeZone: 'Europe/Vienna',
    manualSync: true,
  },
  { kind: 'deny', schedule: '0 0 1 * *', duration: duration('1d'), timeZone: 'Etc/UTC', manualSync: false },
];

function withWindows(): Workspace {
  return {
    ...everyKindWorkspace,
    environments: everyKindWorkspace.environments.map((environment) =>
      environment.name === prodEnvironment.name ? { ...environment, syncWindows: windows } : environment,
    ),
  };
}

describe('sync windows', () => {
  const units = render(withWindows());

  test('stand in the project of their environment, for all its Applications, and in no other', () => {
    const projects = objectsOf(units).filter(({ kind }) => kind === 'AppProject');
    const limited = projects.filter(({ spec }) => 'syncWindows' in (spec as object));
    expect(limited.map(({ metadata }) => metadata.name)).toEqual(['mlops.environment-prod']);
    expectGolden('project-windows.yaml', limited);
  });

  test('change nothing where there are none', () => {
    expect(JSON.stringify(objectsOf(render(everyKindWorkspace)))).not.toContain('syncWindows');
  });
});

describe('hydrating', () => {
  test.each(['branch', 'next'] as const)(
    'to %s copies the units of environments, and no others',
    (hydrate) => {
      const units = render(hydrating(hydrate));
      const applications = objectsOf(units).filter(({ kind }) => kind === 'Application');
      const hydrated = applications.filter(({ spec }) => 'sourceHydrator' in (spec as object));
      expect(hydrated.map(({ metadata }) => metadata.name)).toEqual(
        applications
          .map(({ metadata }) => metadata.name)
          .filter((name) => name !== 'mlops.root' && name !== 'mlops.toolings'),
      );
      expect(hydrated.filter(({ spec }) => 'source' in (spec as object))).toEqual([]);
      expect(
        validateManifests(units.flatMap(({ manifests }) => manifests)).filter(
          ({ severity }) => severity === 'error',
        ),
      ).toEqual([]);
      expectGolden(`application-hydrated-${hydrate}.yaml`, [pick(units, 'Application', 'mlops.prod.plain')]);
    },
  );

  test('is believed no more than a plain source: the folder must be rendered, and the project permit its repository', () => {
    const units = render(hydrating('next'));
    const application = pick(units, 'Application', 'mlops.prod.plain') as unknown as {
      spec: { sourceHydrator: { drySource: { path: string; repoURL: string } } };
    };
    application.spec.sourceHydrator.drySource.path = 'environments/prod/gone';
    application.spec.sourceHydrator.drySource.repoURL = 'https://git.example.com/other.git';
    const found = validateManifests(units.flatMap(({ manifests }) => manifests)).map(
      ({ code, path }) => `${code} ${path ?? ''}`,
    );
    expect(found).toContain('REFERENCE_APPLICATION spec.sourceHydrator.drySource.path');
    expect(found).toContain('REFERENCE_PROJECT spec.sourceHydrator.drySource.repoURL');
  });

  test('is explained in the bootstrap folder, with the branches that are pushed to', () => {
    const guide = (hydrate: Hydration) =>
      render(hydrating(hydrate))
        .find(({ unit }) => unit.name === 'bootstrap')
        ?.files.find(({ path }) => path.endsWith('README.md'))?.text ?? '';
    expect(guide('off')).not.toContain('hydrat');
    expect(guide('branch')).toContain('push to `environments/<environment>` of');
    expect(guide('next')).toContain('push to `environments/<environment>-next` of');
    expect(guide('next')).toContain('GitOps Promoter');
  });
});
