import { App } from 'cdk8s';
import { RegistryFollower } from '../../../charts/retraining/registry-follower.js';
import { planUnits } from '../../../charts/units.js';
import type { Workspace } from '../../../config/model.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { expectGolden } from '../expect-golden.js';
import { model, platform, training } from '../retraining-fixture.js';

const repository = { url: 'https://git.example.com/mlops/gitops.git', branch: 'main' };
const { registry } = platform;

test('a registry follows the records every five minutes, with no right in the cluster', () => {
  if (registry === undefined) throw new Error('the fixture has no registry');
  const props = { platform, registry, repository, environments: ['test', 'prod'] };
  const objects = new RegistryFollower(new App(), 'registry-follower', props).toJson();
  expectGolden('registry-follower.yaml', objects as readonly KubernetesObject[]); // cdk8s says `any`.
});

test.each([
  ['a registry and a repository', platform, true],
  ['no registry', { ...platform, registry: undefined }, false],
  ['no repository', { ...platform, repository: undefined }, false],
])('with %s', (_, changed, follows) => {
  const workspace: Workspace = {
    platform: changed,
    environments: model.deployments.map(({ environment }) => environment),
    models: [{ ...model, training }],
    teams: [],
    charts: [],
    access: undefined,
    origins: new Map(),
  };
  const capabilities = planUnits(workspace, new Map()).flatMap(({ charts }) =>
    charts.map(({ capability }) => capability),
  );
  expect(capabilities.includes('registry-follower')).toBe(follows);
});
