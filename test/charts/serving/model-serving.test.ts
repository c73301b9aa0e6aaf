import { parseAllDocuments } from 'yaml';
import { builtInVersions } from '../../../config/catalogue/versions.js';
import type { InferenceServiceServing } from '../../../config/model.js';
import { resolveCapabilities } from '../../../config/resolve/resolve-capabilities.js';
import type { Release } from '../../../config/release.js';
import {
  inferenceService,
  jukeboxWorkspace,
  modelImage,
  objectsOf,
  ownRuntime,
  pick,
  render,
  scaledByMemory,
  serve,
  server,
  withModels,
} from '../workspace-fixture.js';

const release: Release = {
  model: 'jukebox',
  environment: 'test',
  version: '20261121021026',
  image: modelImage('9'),
  releasedAt: '2026-11-21T02:12:00Z',
  by: 'jukebox-test-run',
  commit: undefined,
  metrics: {},
};

describe('serving', () => {
  const environmentOf = (units: ReturnType<typeof render>, environment: string) =>
    units.filter(({ unit }) => unit.environment === environment);

  test('follows the release record of its environment, and nothing else changes', () => {
    const before = render(jukeboxWorkspace);
    const after = render(jukeboxWorkspace, new Map([['test/jukebox', release]]));
    const changed = after.flatMap((unit, index) =>
      unit.files
        .filter(({ text }, file) => before[index]?.files[file]?.text !== text)
        .map(({ path }) => path),
    );
    expect(changed).toEqual(['environments/test/jukebox/model-serving.k8s.yaml']);
    const deployment = JSON.stringify(pick(environmentOf(after, 'test'), 'Deployment', 'jukebox'));
    expect(deployment).toContain(modelImage('9'));
    expect(deployment).toContain('{"name":"MODEL_VERSION","value":"20261121021026"}');
    expect(deployment).not.toContain(modelImage('1'));
  });

  test('starts with the first release when there is no initial version', () => {
    const workspace = withModels([serve('jukebox', { ...server, initial: undefined })]);
    const kinds = (releases: Parameters<typeof render>[1]) =>
      objectsOf(environmentOf(render(workspace, releases), 'test')).map(({ kind }) => kind);
    expect(kinds(new Map())).not.toContain('Deployment');
    expect(kinds(new Map([['test/jukebox', release]]))).toContain('Deployment');
  });

  test("driftloop's variables cannot be replaced by the user's", () => {
    const workspace = withModels([serve('jukebox', { ...server, env: { MODEL_VERSION: 'mine' } })]);
    expect(
      JSON.stringify(pick(environmentOf(render(workspace), 'test'), 'Deployment', 'jukebox')),
    ).not.toContain('mine');
  });

  test('a single replica has no disruption budget, which would block every node from being drained', () => {
    const kinds = (environment: string) =>
      objectsOf(environmentOf(render(jukeboxWorkspace), environment)).map(({ kind }) => kind);
    expect(kinds('test')).not.toContain('PodDisruptionBudget');
    expect(kinds('prod')).toContain('PodDisruptionBudget');
  });

  test('in Knative mode the InferenceService keeps to the cluster, too', () => {
    const workspace = withModels([serve('jukebox', { ...inferenceService, mode: 'Knative' })]);
    const { labels, annotations } = pick(
      environmentOf(render(workspace), 'test'),
      'InferenceService',
      'jukebox',
    ).metadata;
    expect(labels?.['networking.knative.dev/visibility']).toBe('cluster-local');
    expect(annotations?.['serving.kserve.io/deploymentMode']).toBe('Knative');
  });
});

describe('an InferenceService', () => {
  const predictorOf = (serving: InferenceServiceServing, platform = jukeboxWorkspace.platform) => {
    const workspace = { ...withModels([serve('jukebox', serving)]), platform };
    const units = render(workspace).filter(({ unit }) => unit.environment === 'test');
    const object = pick(units, 'InferenceService', 'jukebox');
    const spec = object.spec as { predictor: Record<string, unknown>; transformer?: Record<string, unknown> };
    return { ...spec, metadata: object.metadata, kinds: objectsOf(units).map(({ kind }) => kind) };
  };
  const platformOf = (profile: 'kubernetes' | 'openshift', kserve: string) => {
    const versions = { ...builtInVersions[profile], kserve };
    const capabilities = resolveCapabilities(profile, versions);
    return { ...jukeboxWorkspace.platform, profile, versions, capabilities };
  };

  test('with a fixed number of Pods has no autoscaler that could change it', () => {
    const { predictor, metadata } = predictorOf(inferenceService);
    expect(predictor).toMatchObject({ minReplicas: 2, maxReplicas: 2 });
    expect(metadata.annotations?.['serving.kserve.io/autoscalerClass']).toBe('none');
  });

  test('is scaled by what it requests, through an autoscaler of KServe', () => {
    const { predictor, metadata } = predictorOf({ ...inferenceService, autoscaling: scaledByMemory });
    expect(predictor).toMatchObject({
      minReplicas: 2,
      maxReplicas: 4,
      scaleMetric: 'memory',
      scaleTarget: 80,
    });
    expect(metadata.annotations?.['serving.kserve.io/autoscalerClass']).toBe('hpa');
  });

  test('in Knative mode splits requests between versions, and Knative scales it', () => {
    const { predictor, metadata } = predictorOf({
      ...inferenceService,
      mode: 'Knative',
      canary: { trafficPercent: 10 },
      autoscaling: { min: 0, max: 3, target: { metric: 'concurrency', value: 5 } },
    });
    expect(predictor).toMatchObject({
      canaryTrafficPercent: 10,
      minReplicas: 0,
      scaleMetric: 'concurrency',
      scaleTarget: 5,
    });
    expect(metadata.annotations).not.toHaveProperty(['serving.kserve.io/autoscalerClass']);
  });

  test('in Knative mode only the transformer has a port, because Knative takes one of a Pod', () => {
    const workspace = withModels([
      serve('jukebox', { ...ownRuntime, mode: 'Knative', autoscaling: undefined }),
    ]);
    const units = render(workspace).filter(({ unit }) => unit.environment === 'test');
    const { containers } = pick(units, 'ServingRuntime', 'jukebox').spec as { containers: object[] };
    expect(containers[0]).not.toHaveProperty('ports');
  });

  test('has a transformer in Pods of its own, which are as many and listen where callers ask', () => {
    const transformer = { placement: 'component', port: 9000 } as const;
    const component = ownRuntime.transformer && { ...ownRuntime.transformer, ...transformer };
    const serving = { ...ownRuntime, autoscaling: scaledByMemory, transformer: component };
    const { predictor, transformer: rendered } = predictorOf(serving);
    expect(predictor).not.toHaveProperty('containers');
    expect(rendered).toMatchObject({
      minReplicas: 2,
      scaleMetric: 'memory',
      serviceAccountName: 'jukebox-serving',
      containers: [
        {
          args: ['--predictor_host=localhost:8090', '--http_port', '9000'],
          ports: [{ containerPort: 9000, protocol: 'TCP' }],
          securityContext: { runAsNonRoot: true, runAsUser: 65532 },
        },
      ],
    });
  });

  test('keeps the template that KServe fills with its name (D59)', () => {
    const units = render(withModels([serve('jukebox', ownRuntime)]));
    const runtimes = objectsOf(units).filter(({ kind }) => kind === 'ServingRuntime');
    expect(JSON.stringify(runtimes)).toContain('--model_name={{.Name}}');
  });

  test('is the only one that uses its runtime, and there is none without it (D60)', () => {
    expect(predictorOf(ownRuntime).predictor.model).toMatchObject({ runtime: 'jukebox' });
    expect(predictorOf(inferenceService).kinds).not.toContain('ServingRuntime');
  });

  test('is spelled so that a strict parser reads it (D61)', () => {
    const [file] = render(withModels([serve('jukebox', ownRuntime)]))
      .flatMap(({ files }) => files)
      .filter(({ path }) => path === 'environments/test/jukebox/model-serving.k8s.yaml');
    const documents = parseAllDocuments(file?.text ?? '', { strict: true, uniqueKeys: true });
    expect([...documents].flatMap(({ errors }) => errors)).toEqual([]);
  });

  test('brings what its query needs: no name of another model, no missing credentials, no wide rights (D64)', () => {
    const { predictor, kinds } = predictorOf(ownRuntime);
    expect(JSON.stringify(predictor)).toContain('namespace=\\"mlops-test\\"');
    expect(kinds).toContain('TriggerAuthentication');
    expect(kinds).not.toContain('ClusterRole');
    const open = { server: 'http://prometheus:9090', tokenSecret: undefined, caSecret: undefined };
    const target = {
      ...ownRuntime.autoscaling?.target,
      metric: 'prometheus',
      value: 1,
      query: 'sum(up)',
      ...open,
    } as const;
    const without = predictorOf({ ...ownRuntime, autoscaling: { min: 1, max: 2, target } });
    expect(without.kinds).not.toContain('TriggerAuthentication');
    expect(JSON.stringify(without.predictor)).not.toContain('authenticationRef');
  });

  test('is called as the stated KServe calls it, and follows its runtime there', () => {
    const before = predictorOf(ownRuntime, platformOf('openshift', '0.15')).metadata.annotations;
    expect(before).toMatchObject({ 'serving.kserve.io/deploymentMode': 'RawDeployment' });
    expect(before).toHaveProperty(['driftloop.dev/runtime-digest']);
    const after = predictorOf(ownRuntime).metadata.annotations;
    expect(after).not.toHaveProperty(['driftloop.dev/runtime-digest']);
  });

  test('changes with its runtime where KServe does not look at that', () => {
    const digestOf = (image: string) => {
      const runtime = ownRuntime.runtime?.kind === 'own' ? { ...ownRuntime.runtime, image } : undefined;
      const { metadata } = predictorOf({ ...ownRuntime, runtime }, platformOf('openshift', '0.15'));
      return metadata.annotations?.['driftloop.dev/runtime-digest'];
    };
    expect(digestOf('r.example.com/ovms:1')).toBe(digestOf('r.example.com/ovms:1'));
    expect(digestOf('r.example.com/ovms:1')).not.toBe(digestOf('r.example.com/ovms:2'));
  });

  test('says whether it may be reached from outside, and who may call it', () => {
    const serving = { ...inferenceService, exposed: true, authentication: true, connection: 'models' };
    expect(predictorOf(serving).metadata).toMatchObject({
      labels: { 'networking.kserve.io/visibility': 'exposed' },
      annotations: {
        'security.opendatahub.io/enable-auth': 'true',
        'opendatahub.io/connections': 'models',
      },
    });
    const { labels } = predictorOf({ ...serving, mode: 'Knative' }).metadata;
    expect(labels).not.toHaveProperty(['networking.knative.dev/visibility']);
  });
});
