import { App } from 'cdk8s';
import { describeBootstrap } from '../../../charts/delivery/bootstrap-guide.js';
import { trainerName } from '../../../charts/conventions.js';
import { planPipeline } from '../../../charts/retraining/graph/plan-pipeline.js';
import { RetrainingPipeline } from '../../../charts/retraining/retraining-pipeline.js';
import { planRunTimeouts } from '../../../charts/retraining/graph/run-timeouts.js';
import type { Check } from '../../../config/model.js';
import { duration } from '../../../config/values/duration.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { validateManifests } from '../../../validate/validate.js';
import { expectGolden } from '../expect-golden.js';
import { model, platform, training } from '../retraining-fixture.js';
import { jukeboxWorkspace, render, withModels } from '../workspace-fixture.js';

const tests: Check = {
  name: 'unit-tests',
  image: 'registry.example.com/jukebox/tests:1.4.2',
  command: ['python', '-m', 'pytest'],
  args: ['-p', 'no:cacheprovider'],
  env: { PYTHONDONTWRITEBYTECODE: '1' },
  secretEnv: {},
  resources: { cpu: '1', memory: '1Gi' },
  timeout: duration('20m'),
};

const analysis: Check = {
  ...tests,
  name: 'analysis',
  command: ['pysonar'],
  args: [],
  env: {},
  secretEnv: { SONAR_TOKEN: { name: 'sonarqube-auth', key: 'token' } },
  timeout: duration('5m'),
};

const checked = { ...model, checks: [analysis, tests] };

test('checks stand in the Pipeline as people expect them', () => {
  const props = { platform, model: checked, training };
  const objects = new RetrainingPipeline(new App(), 'retraining-pipeline', props).toJson();
  expectGolden('retraining-checks.yaml', objects as readonly KubernetesObject[]);
});

test('they run side by side after the source is there, and the training waits for all of them', () => {
  const after = Object.fromEntries(
    planPipeline({ platform, model: checked, training }).stages.map(({ name, runAfter }) => [name, runAfter]),
  );
  expect(after['check-unit-tests']).toEqual(['fetch-source']);
  expect(after['check-analysis']).toEqual(['fetch-source']);
  expect(after.train).toEqual(['check-analysis', 'check-unit-tests']);
});

test('any of them can be left out, and no stage waits for one that is not there', () => {
  for (const checks of [[], [tests], [analysis], [analysis, tests]]) {
    const { stages } = planPipeline({ platform, model: { ...model, checks }, training });
    const names = stages.map(({ name }) => name);
    expect(stages.flatMap(({ runAfter }) => runAfter).filter((name) => !names.includes(name))).toEqual([]);
  }
});

test('the deadline of a run has room for the longest of them, once', () => {
  const deadlineOf = (changed: typeof model) =>
    planRunTimeouts(planPipeline({ platform, model: changed, training })).pipeline.milliseconds;
  expect(deadlineOf(checked) - deadlineOf(model)).toBe(20 * 60_000);
});

test('they run as somebody without rights, and what is rendered with them fits together', () => {
  const units = render(
    withModels([{ ...checked, deployments: jukeboxWorkspace.models[0]?.deployments ?? [] }]),
  );
  const manifests = units.flatMap((unit) => unit.manifests);
  expect(validateManifests(manifests).filter(({ severity }) => severity === 'error')).toEqual([]);
  const text = JSON.stringify(manifests.map(({ object }) => object));
  for (const stage of ['check-analysis', 'check-unit-tests', 'train'])
    expect(text).toContain(`{"pipelineTaskName":"${stage}","serviceAccountName":"${trainerName}"}`);
});

test('the bootstrap names their Secrets', () => {
  expect(
    describeBootstrap(
      withModels([{ ...checked, deployments: jukeboxWorkspace.models[0]?.deployments ?? [] }]),
    ),
  ).toContain('- `sonarqube-auth` in `mlops-toolings`: `token` for the check analysis of jukebox\n');
});
