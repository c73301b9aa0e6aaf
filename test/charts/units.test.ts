import { planUnits } from '../../charts/units.js';
import {
  deploy,
  everyKindWorkspace,
  jukeboxWorkspace,
  objectsOf,
  prodEnvironment,
  render,
  serve,
  server,
  testEnvironment,
  withModels,
} from './workspace-fixture.js';

const namesOf = (workspace: typeof jukeboxWorkspace) =>
  planUnits(workspace, new Map()).map(({ unit }) => unit.name);

describe('units', () => {
  test('are bootstrap, Applications, toolings, and each model in each environment', () => {
    expect(namesOf(jukeboxWorkspace)).toEqual([
      'bootstrap',
      'applications',
      'toolings',
      'test/jukebox',
      'prod/jukebox',
    ]);
  });

  test('planning a thousand models creates no construct and takes no time', () => {
    const models = Array.from({ length: 1000 }, (_, index) => serve(`model-${index}`, server));
    const started = performance.now();
    expect(planUnits(withModels(models), new Map())).toHaveLength(2003);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('without a repository there are no Applications, and nothing of Argo CD to apply', () => {
    const workspace = {
      ...jukeboxWorkspace,
      platform: { ...jukeboxWorkspace.platform, repository: undefined },
    };
    expect(namesOf(workspace)).toEqual(['bootstrap', 'toolings', 'test/jukebox', 'prod/jukebox']);
    const bootstrap = render(workspace).filter(({ unit }) => unit.name === 'bootstrap');
    expect(new Set(objectsOf(bootstrap).map(({ kind }) => kind))).toEqual(
      new Set(['Namespace', 'ClusterRole', 'ClusterRoleBinding']),
    );
    expect(bootstrap[0]?.files.map(({ path }) => path)).toContain('bootstrap/README.md');
    expect(JSON.stringify(bootstrap[0]?.files)).not.toContain('Argo CD');
  });

  test('a workspace in which nothing is retrained needs no Tekton', () => {
    const model = { ...serve('quiet', server), training: undefined };
    const workspace = withModels([
      {
        ...model,
        deployments: model.deployments.map((deployment) => ({ ...deployment, detectors: [] })),
      },
    ]);
    expect(namesOf(workspace)).toEqual(['bootstrap', 'applications', 'test/quiet', 'prod/quiet']);
    const units = render(workspace);
    const bootstrap = units[0]?.files ?? [];
    expect(bootstrap.map(({ path }) => path).sort()).toEqual([
      'bootstrap/README.md',
      'bootstrap/namespaces.k8s.yaml',
      'bootstrap/root.k8s.yaml',
    ]);
    expect(bootstrap.map(({ text }) => text).join()).not.toMatch(/tekton|listener|driftloop-token/i);
    const others = units.filter(({ unit }) => unit.name.includes('/'));
    expect(JSON.stringify(others)).not.toMatch(/tekton/i);
  });

  test('the first retrained model changes the bootstrap, and its README says to apply it again', () => {
    const bootstrap = render(jukeboxWorkspace)[0]?.files ?? [];
    expect(bootstrap.map(({ path }) => path)).toContain('bootstrap/listener-rights.k8s.yaml');
    const guide = bootstrap.find(({ path }) => path.endsWith('.md'))?.text;
    expect(guide).toContain('once, and again when this folder changes');
    expect(guide).toContain('`driftloop-token`: the token by which the listener knows Alertmanager');
  });

  test('a workspace without receivers, retraining and Git needs no secret', () => {
    const { platform } = jukeboxWorkspace;
    const workspace = {
      ...withModels([{ ...serve('quiet', server), training: undefined }]),
      platform: { ...platform, receivers: [], repository: undefined },
    };
    const guide = render(workspace)[0]?.files.find(({ path }) => path.endsWith('.md'))?.text;
    expect(guide).not.toMatch(/secret|token|## After/i);
  });

  test('a model that is neither watched nor served somewhere has no unit and no Application there', () => {
    const model = serve('absent', undefined);
    const workspace = withModels([
      {
        ...model,
        deployments: [
          { ...deploy(testEnvironment, undefined), detectors: [] },
          deploy(prodEnvironment, server),
        ],
      },
    ]);
    expect(namesOf(workspace)).toEqual(['bootstrap', 'applications', 'toolings', 'prod/absent']);
    const applications = objectsOf(render(workspace)).filter(({ kind }) => kind === 'Application');
    expect(applications.map(({ metadata }) => metadata.name).sort()).toEqual([
      'mlops.prod.absent',
      'mlops.root',
      'mlops.toolings',
    ]);
  });

  test('an empty workspace still says what to apply', () => {
    expect(namesOf(withModels([]))).toEqual(['bootstrap', 'applications']);
  });

  test('rendering twice gives the same bytes', () => {
    const text = () => JSON.stringify(render(everyKindWorkspace).map(({ files }) => files));
    expect(text()).toBe(text());
  });
});
