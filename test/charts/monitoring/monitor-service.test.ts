import type { Workspace } from '../../../config/model.js';
import {
  inferenceService,
  jukeboxWorkspace,
  monitorService,
  objectsOf,
  pick,
  render,
  serve,
  withModels,
  withService,
} from '../workspace-fixture.js';

const kserve = withModels([serve('jukebox', inferenceService)]);

const loggersOf = (workspace: Workspace) =>
  objectsOf(render(workspace))
    .filter(({ kind }) => kind === 'InferenceService')
    .map(({ spec }) => (spec as { predictor: { logger?: unknown } }).predictor.logger);

describe('the service of a monitor', () => {
  test('stands once in every environment, whatever the number of models (D13: not in test only)', () => {
    const models = ['a', 'b', 'c'].map((name) => serve(name, inferenceService));
    const units = render(withService(withModels(models)));
    const found = units.flatMap(({ unit, manifests }) =>
      manifests
        .filter(({ object }) => object.kind === 'TrustyAIService')
        .map(({ object }) => `${unit.name} ${object.metadata.namespace ?? ''}/${object.metadata.name}`),
    );
    expect(found).toEqual([
      'test/platform mlops-test/trustyai-service',
      'prod/platform mlops-prod/trustyai-service',
    ]);
  });

  test('is not there when somebody else runs it, and then there is no unit for it', () => {
    const names = render(jukeboxWorkspace).map(({ unit }) => unit.name);
    expect(names).not.toContain('test/platform');
    expect(objectsOf(render(jukeboxWorkspace)).map(({ kind }) => kind)).not.toContain('TrustyAIService');
  });

  test('has a unit of its own, with an Application in the project of the environment', () => {
    const application = pick(render(withService(kserve)), 'Application', 'mlops.test.platform');
    expect(application.metadata.labels).toMatchObject({ 'driftloop.dev/environment': 'test' });
    expect(application.metadata.labels).not.toHaveProperty('driftloop.dev/model');
    expect(application.spec).toMatchObject({
      project: 'mlops.environment-test',
      source: { path: 'environments/test/platform' },
      destination: { namespace: 'mlops-test' },
    });
  });

  test('keeps its data in a database without a volume, a folder or a password in Git', () => {
    const service = { ...monitorService, storage: { kind: 'database', secret: 'trustyai-db' } } as const;
    const units = render(withService(kserve, service));
    expect(
      pick(
        units.filter(({ unit }) => unit.environment === 'test'),
        'TrustyAIService',
        'trustyai-service',
      ).spec,
    ).toEqual({
      storage: { format: 'DATABASE', databaseConfigurations: 'trustyai-db' },
      metrics: { schedule: '90s', batchSize: 5000 },
    });
    const guide = units[0]?.files.find(({ path }) => path.endsWith('.md'))?.text;
    expect(guide).toContain('`trustyai-db` in `mlops-test`, `mlops-prod`: `databaseKind`');
  });

  test('is scraped by the operator alone (D92: no second ServiceMonitor beside its own)', () => {
    const kinds = objectsOf(render(withService(kserve))).map(({ kind }) => kind);
    expect(kinds).not.toContain('ServiceMonitor');
    expect(kinds).not.toContain('PodMonitor');
  });

  test('makes its namespace baseline: the operator gives its Pods no security context', () => {
    for (const name of ['mlops-test', 'mlops-prod']) {
      const namespace = pick(render(withService(jukeboxWorkspace)), 'Namespace', name);
      expect(namespace.metadata.labels?.['pod-security.kubernetes.io/enforce']).toBe('baseline');
    }
  });
});

describe('the logger of an InferenceService', () => {
  test('is what the TrustyAI operator would write, so that Argo CD and it do not undo each other', () => {
    expect(loggersOf(withService(kserve))).toEqual([
      { mode: 'all', url: 'https://trustyai-service.mlops-test.svc.cluster.local' },
      { mode: 'all', url: 'https://trustyai-service.mlops-prod.svc.cluster.local' },
    ]);
    const knative = withModels([serve('jukebox', { ...inferenceService, mode: 'Knative' })]);
    expect(loggersOf(withService(knative))[0]).toEqual({
      mode: 'all',
      url: 'http://trustyai-service.mlops-test.svc.cluster.local',
    });
  });

  test('is not written when no service is rendered', () => {
    expect(loggersOf(kserve)).toEqual([undefined, undefined]);
  });
});
