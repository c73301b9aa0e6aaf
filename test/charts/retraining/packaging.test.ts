import { App } from 'cdk8s';
import { describeBootstrap } from '../../../charts/delivery/bootstrap-guide.js';
import { trainerName } from '../../../charts/conventions.js';
import { planPipeline } from '../../../charts/retraining/graph/plan-pipeline.js';
import { RetrainingPipeline } from '../../../charts/retraining/retraining-pipeline.js';
import { RetrainingTasks } from '../../../charts/retraining/retraining-tasks.js';
import { describeRun } from '../../../charts/retraining/run-template.js';
import type { Packaging, Platform } from '../../../config/model.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { validateManifests } from '../../../validate/validate.js';
import { expectGolden } from '../expect-golden.js';
import { packaging, program } from '../packaging-fixture.js';
import { model, platform, training } from '../retraining-fixture.js';
import { jukeboxWorkspace, render, withModels } from '../workspace-fixture.js';

const registry: Platform = {
  ...platform,
  imageRegistry: {
    credentials: 'registry-push',
    pullCredentials: 'registry-pull',
    ca: { kind: 'ConfigMap', name: 'registry-ca', key: 'ca.crt' },
  },
};

const packaged = { ...model, packaging };
const plan = (changes: Partial<Packaging> = {}) =>
  planPipeline({
    platform: registry,
    model: { ...model, packaging: { ...packaging, ...changes } },
    training,
  }).stages;
const order = (changes: Partial<Packaging> = {}) =>
  Object.fromEntries(plan(changes).map(({ name, runAfter }) => [name, runAfter]));

test('packaging stands in the Pipeline as people expect it', () => {
  const props = { platform: registry, model: packaged, training };
  const pipeline = new RetrainingPipeline(new App(), 'retraining-pipeline', props).toJson();
  const tasks = new RetrainingTasks(new App(), 'tasks', { platform: registry, models: [packaged] }).toJson();
  const own = (tasks as readonly KubernetesObject[]).filter(({ metadata }) =>
    ['driftloop-package', 'driftloop-sbom'].includes(metadata.name),
  );
  expectGolden('retraining-packaging.yaml', [...(pipeline as readonly KubernetesObject[]), ...own]);
});

test('D87 every check of what ships stands before its release, and a stage that is off leaves no gap', () => {
  expect(order()).toMatchObject({
    'scan-model': ['evaluate'],
    package: ['scan-model'],
    'scan-image': ['package'],
    sbom: ['package'],
    sign: ['scan-image', 'sbom'],
    register: ['sign'],
    release: ['register'],
  });
  const off = { modelScan: undefined, imageScan: undefined, signing: undefined, sbom: false };
  expect(order(off)).toMatchObject({ package: ['evaluate'], register: ['package'], release: ['register'] });
  expect(Object.keys(order(off))).not.toContain('sign');
});

test('only digests travel on: what is scanned is what is packaged, signed and released', () => {
  const params = Object.fromEntries(plan().map(({ name, params }) => [name, params]));
  const image = '$(tasks.package.results.MODEL_IMAGE_URL)@$(tasks.package.results.MODEL_IMAGE_DIGEST)';
  expect(params.package?.files).toBe('$(tasks.scan-model.results.files)');
  expect(params['scan-image']?.image).toBe(image);
  expect(params.sign?.image).toBe(image);
  expect(params.release?.image).toBe('$(tasks.package.results.image)');
});

test('a training that pushes the model itself goes on as before', () => {
  const stages = planPipeline({ platform, model, training }).stages;
  expect(stages.map(({ name }) => name)).not.toContain('package');
  expect(stages.find(({ name }) => name === 'release')?.params.image).toBe('trained');
});

test('scanners and cosign run without rights and token, and scanners cannot push', () => {
  const start = { startedBy: 'manual', environment: 'test', name: 'run', event: 'run' } as const;
  const run = JSON.stringify(describeRun(registry, packaged, training, start));
  for (const name of ['scan-model', 'scan-image', 'sign']) {
    expect(run).toContain(`{"pipelineTaskName":"${name}","serviceAccountName":"${trainerName}"}`);
  }
  const task = (name: string) => {
    const stage = plan().find((each) => each.name === name);
    return JSON.stringify(stage?.kind === 'program' ? stage.task.mounts : undefined);
  };
  expect(task('scan-image')).toContain('registry-pull');
  expect(task('scan-image')).not.toMatch(/registry-push|cosign-key/);
  expect(task('sign')).toContain('registry-push');
});

test('without TLS each program is told so, and only then', () => {
  const text = (changes: Partial<Packaging>) => JSON.stringify(plan(changes));
  expect(text({ plainHttp: true })).toMatch(/TRIVY_NON_SSL/);
  expect(text({ plainHttp: true })).toMatch(/--allow-http-registry/);
  expect(text({ plainHttp: true })).toContain('http://registry.example.com/models/jukebox');
  expect(text({ plainHttp: true })).toContain('http://registry.example.com/bases/busybox');
  expect(text({})).not.toMatch(/http:\/\/registry|TRIVY_NON_SSL|allow-http/);
});

test('roxctl gets its token by variable and never on its command line', () => {
  const [stage] = plan({
    imageScan: {
      ...program,
      scanner: 'roxctl',
      image: 'registry.example.com/tools/roxctl:4.8.0',
      endpoint: 'central.example.com:443',
      tokenSecret: { name: 'roxctl', key: 'token' },
    },
  }).filter(({ name }) => name === 'scan-image');
  expect(stage).toMatchObject({
    task: {
      command: ['roxctl'],
      args: ['image', 'check', '--image=$(params.image)'],
      env: { ROX_ENDPOINT: 'central.example.com:443' },
      secretEnv: { ROX_API_TOKEN: { name: 'roxctl', key: 'token' } },
    },
  });
});

test('what is rendered passes every check, and the bootstrap names the Secrets', () => {
  const workspace = {
    ...withModels([{ ...packaged, deployments: jukeboxWorkspace.models[0]?.deployments ?? [] }]),
  };
  const whole = { ...workspace, platform: { ...workspace.platform, imageRegistry: registry.imageRegistry } };
  const manifests = render(whole).flatMap((unit) => unit.manifests);
  expect(validateManifests(manifests).filter(({ severity }) => severity === 'error')).toEqual([]);
  const guide = describeBootstrap(whole);
  for (const line of [
    '- `registry-push` in `mlops-toolings`: `.dockerconfigjson` for pushing images of models\n',
    '- `registry-pull` in `mlops-toolings`: `.dockerconfigjson` for scanning images of models\n',
    '- `cosign-key` in `mlops-toolings`: `cosign.key`, `cosign.password` for signing images of jukebox\n',
  ]) {
    expect(guide).toContain(line);
  }
});
