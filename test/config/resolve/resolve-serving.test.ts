import { loadWorkspace } from '../../../config/load-workspace.js';
import type { InferenceServiceServing, Serving } from '../../../config/model.js';
import type { Problem } from '../../../problems/problem.js';
import { goodModel, goodPlatform, removeWorkspaces, writeWorkspace } from '../workspace-files.js';

afterEach(removeWorkspaces);

const openshift = goodPlatform.replace('profile: kubernetes', 'profile: openshift');

function load(
  text: string,
  platform = goodPlatform,
): { readonly servings: readonly (Serving | undefined)[]; readonly problems: readonly Problem[] } {
  const directory = writeWorkspace({ 'driftloop.yaml': platform, 'models/jukebox.yaml': goodModel + text });
  const { value, problems } = loadWorkspace(directory);
  return { servings: value?.models[0]?.deployments.map(({ serving }) => serving) ?? [], problems };
}

function loadService(keys: string, platform = goodPlatform): InferenceServiceServing {
  const { servings, problems } = load(
    `serving: { kind: inferenceservice, format: onnx, ${keys} }\n`,
    platform,
  );
  expect(problems).toEqual([]);
  const [serving] = servings;
  if (serving?.kind !== 'inferenceservice') throw new Error('no InferenceService');
  return serving;
}

describe('what excludes each other', () => {
  const scaled = 'serving: { kind: inferenceservice, format: onnx, autoscaling: { max: 4 } }\n';

  test('an environment with fixed replicas is not scaled, although the model is', () => {
    const { servings } = load(`${scaled}environments: { test: { serving: { replicas: 3 } } }\n`);
    expect(servings.map((serving) => serving?.autoscaling?.max)).toEqual([undefined, 4]);
    expect(servings[0]?.replicas).toBe(3);
  });

  test('replicas of the defaults give way to a model that is scaled', () => {
    const { problems, servings } = load(scaled, `${goodPlatform}defaults: { serving: { replicas: 2 } }\n`);
    expect(problems).toEqual([]);
    expect(servings[0]?.autoscaling).toEqual({ min: 1, max: 4, target: { metric: 'cpu', value: 80 } });
  });

  test("a server of the environment's own takes the place of the model's runtime", () => {
    const { servings } = load(
      'serving: { kind: inferenceservice, format: onnx, runtime: ovms }\n' +
        'environments: { test: { serving: { server: { image: r.example.com/ovms:1 } } } }\n',
    );
    expect(servings).toMatchObject([
      { runtime: { kind: 'own', port: 8080, protocol: 'v2' } },
      { runtime: { kind: 'existing', name: 'ovms' } },
    ]);
  });
});

describe('defaults', () => {
  test('are those of the metric: requests have no usual number', () => {
    const { problems } = load(
      'serving: { kind: inferenceservice, format: onnx, mode: Knative, autoscaling: { max: 4, metric: rps } }\n',
    );
    expect(problems.map(({ message }) => message)).toEqual(['`serving.autoscaling` needs the key `target`.']);
  });

  test('a model is not exposed, and its Pods have no identity', () => {
    expect(loadService('runtime: ovms')).toMatchObject({
      exposed: false,
      authentication: undefined,
      serviceAccount: undefined,
    });
  });

  test('what is exposed on OpenShift asks for a token (D50)', () => {
    expect(loadService('exposed: true', openshift).authentication).toBe(true);
    expect(loadService('runtime: ovms', openshift).authentication).toBe(false);
  });

  test('exposing without a token is said aloud (D50)', () => {
    const { problems } = load(
      'serving: { kind: inferenceservice, format: onnx, exposed: true, authentication: false }\n',
      openshift,
    );
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['CONFIG_EXPOSED', 'warning']]);
  });
});

describe('the first version', () => {
  const withImage = (image: string) =>
    `serving: { kind: inferenceservice, format: onnx, initial: { version: "1", image: "${image}" } }\n`;

  test.each([
    ['oci://registry.example.com/jukebox/model:latest', 'CONFIG_MODEL_TAG'],
    [
      'oci://image-registry.openshift-image-registry.svc:5000/user1-test/jukebox:4562a17c17',
      'CONFIG_MODEL_TAG',
    ],
    ['s3://models/jukebox/1', 'CONFIG_MODEL_TAG'],
    ['pvc://models/jukebox', 'CONFIG_MODEL_TAG'],
    ['hf://google/gemma-3:main', 'CONFIG_MODEL_TAG'],
  ])('may be %s, with a warning (D26)', (image, code) => {
    const { problems, servings } = load(withImage(image));
    expect(problems.map((problem) => [problem.code, problem.severity])).toEqual([[code, 'warning']]);
    expect(servings[0]?.initial?.image).toBe(image);
  });

  test.each([
    'oci://registry.example.com/jukebox/model',
    's3:/models',
    's3://../models',
    'pvc://Models/x',
    'file:///models',
    'constructor://x',
    'https://user:secret@example.com/model.zip',
  ])('may not be %s', (image) => {
    expect(load(withImage(image)).problems.map(({ severity }) => severity)).toEqual(['error']);
  });

  test('a version that looks like a number must be quoted, and says so (D58)', () => {
    for (const version of ['1234567890', '4562117e17', '0123456']) {
      const { problems } = load(withImage('s3://models/1').replace('"1"', version));
      expect(problems[0]).toMatchObject({ code: 'CONFIG_TYPE' });
      expect(problems[0]?.hint).toContain(`'${version}'`);
    }
  });
});

describe('what the stated KServe cannot do is a problem', () => {
  const old = (version: string) => `${goodPlatform}versions: { kserve: ${version} }\n`;
  const sidecar = 'transformer: { image: r.example.com/t:1 }';
  const query = (more = '') =>
    `autoscaling: { max: 2, metric: prometheus, target: 1, prometheus: { server: 'http://p:9090', query: sum(up)${more} } }`;

  test.each([
    ['0.14', sidecar],
    ['0.14', query()],
    ['0.15', query(', tokenSecret: { name: reader, key: token }')],
  ])('in %s: %s', (version, keys) => {
    const { problems } = load(`serving: { kind: inferenceservice, format: onnx, ${keys} }\n`, old(version));
    expect(problems.map(({ code, path }) => [code, path?.split('.')[0]])).toEqual([
      ['CONFIG_UNSUPPORTED', 'serving'],
    ]);
  });

  test('a transformer of its own Pods cannot be scaled by a query', () => {
    const keys = `transformer: { placement: component, image: r.example.com/t:1 }, ${query()}`;
    const { problems } = load(`serving: { kind: inferenceservice, format: onnx, ${keys} }\n`);
    expect(problems.map(({ code }) => code)).toEqual(['CONFIG_AUTOSCALING']);
  });
});

test('a canary in Standard mode, where it moves no request, is refused; in Knative mode it is kept (D62, D98)', () => {
  const canary = 'canary: { trafficPercent: 20 }';
  const { problems } = load(`serving: { kind: inferenceservice, format: onnx, ${canary} }\n`);
  expect(problems.map(({ code }) => code)).toEqual(['CONFIG_CANARY']);
  expect(loadService(`mode: Knative, ${canary}`).canary).toEqual({ trafficPercent: 20 });
});

test.each([
  ['cpu', 9],
  ['cpu', 101],
  ['memory', 5],
  ['memory', 96],
])('a target of %s %s % is refused (D63)', (metric, target) => {
  const keys = `autoscaling: { max: 2, metric: ${metric}, target: ${target} }`;
  const { problems } = load(`serving: { kind: inferenceservice, format: onnx, ${keys} }\n`);
  expect(problems.map(({ code }) => code)).toEqual(['CONFIG_AUTOSCALING']);
});

test('a key of another kind moves to the environments that have that kind, or is removed', () => {
  const { problems } = load(
    'serving: { kind: deployment, image: r.example.com/a:1 }\nenvironments: { prod: { serving: { kind: inferenceservice, format: onnx, port: 8080 } } }\n',
  );
  expect(problems.map(({ message, hint }) => [message, hint?.slice(0, 60)])).toEqual([
    [
      '`serving.image` means nothing to `kind: inferenceservice`.',
      'Write it only where the kind is `deployment`: `environments:',
    ],
    ['`serving.port` means nothing to `kind: inferenceservice`.', expect.stringMatching(/^Remove it\. /)],
  ]);
});
