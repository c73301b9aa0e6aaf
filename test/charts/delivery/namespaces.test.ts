import {
  deploy,
  inferenceService,
  jukeboxWorkspace,
  pick,
  prodEnvironment,
  render,
  serve,
  server,
  testEnvironment,
  withModels,
} from '../workspace-fixture.js';

describe('namespaces', () => {
  const levelOf = (workspace: typeof jukeboxWorkspace, name: string) =>
    pick(render(workspace), 'Namespace', name).metadata.labels?.['pod-security.kubernetes.io/enforce'];

  test('are restricted', () => {
    for (const name of ['mlops-toolings', 'mlops-test', 'mlops-prod']) {
      expect(levelOf(jukeboxWorkspace, name)).toBe('restricted');
    }
  });

  test('are baseline only where KServe puts its own containers', () => {
    const workspace = withModels([
      {
        ...serve('jukebox', server),
        deployments: [deploy(testEnvironment, inferenceService), deploy(prodEnvironment, server)],
      },
    ]);
    expect(levelOf(workspace, 'mlops-test')).toBe('baseline');
    expect(levelOf(workspace, 'mlops-prod')).toBe('restricted');
  });

  test('that two environments share are rendered once, and as loose as the looser one needs', () => {
    const shared = { ...prodEnvironment, namespace: 'mlops-test' };
    const workspace = {
      ...withModels([
        {
          ...serve('jukebox', server),
          deployments: [deploy(testEnvironment, inferenceService), deploy(shared, undefined)],
        },
      ]),
      environments: [testEnvironment, shared],
    };
    expect(levelOf(workspace, 'mlops-test')).toBe('baseline');
  });
});
