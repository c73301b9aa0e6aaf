import { loadWorkspace } from '../../../config/load-workspace.js';
import { removeWorkspaces, writeWorkspace } from '../workspace-files.js';

afterEach(removeWorkspaces);

function load(monitors: string): ReturnType<typeof loadWorkspace> {
  const platform = `platform: mlops
profile: kubernetes
namespaces: { toolings: mlops-toolings }
environments:
  test: { namespace: mlops-test }
monitors:
${monitors}
images: { steps: registry.example.com/driftloop/steps:0.1.0 }
`;
  const model = 'model: jukebox\nsource: { repo: https://git.example.com/mlops/jukebox.git }\n';
  return loadWorkspace(writeWorkspace({ 'driftloop.yaml': platform, 'models/jukebox.yaml': model }));
}

const monitorsOf = (monitors: string) => load(monitors).value?.platform.monitors;

describe('monitors', () => {
  test('are sorted, and without `service` nothing is rendered for them', () => {
    expect(monitorsOf('  z: { dialect: exporter }\n  a: { dialect: evidently }')).toEqual([
      { name: 'a', dialect: 'evidently', service: undefined },
      { name: 'z', dialect: 'exporter', service: undefined },
    ]);
  });

  test('take every default of a service, and say so', () => {
    const { value } = load('  trustyai: { dialect: trustyai-java, service: {} }');
    expect(value?.platform.monitors[0]?.service).toEqual({
      name: 'trustyai',
      storage: { kind: 'volume', size: '1Gi' },
      schedule: { milliseconds: 30_000 },
      batchSize: 5000,
    });
    const origin = value?.origins.get('driftloop.yaml:monitors.trustyai.service.schedule');
    expect(origin).toMatchObject({ layer: 'built-in default', value: '30s' });
  });

  test('write sizes as Kubernetes does', () => {
    const monitors = '  trustyai: { dialect: trustyai-java, service: { storage: { size: 1024Mi } } }';
    expect(monitorsOf(monitors)?.[0]?.service?.storage).toEqual({ kind: 'volume', size: '1Gi' });
  });

  test('have no volume beside a database', () => {
    const monitors =
      '  trustyai: { dialect: trustyai-python, service: { storage: { database: trustyai-db } } }';
    expect(monitorsOf(monitors)?.[0]?.service?.storage).toEqual({ kind: 'database', secret: 'trustyai-db' });
  });

  test('with an odd name are not confused with keys of their own', () => {
    expect(monitorsOf('  constructor: { dialect: trustyai-java, service: {} }')?.[0]?.service?.name).toBe(
      'constructor',
    );
  });
});
