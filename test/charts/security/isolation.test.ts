import type { Environment, Workspace } from '../../../config/model.js';
import { validateManifests } from '../../../validate/validate.js';
import { twoClusters } from '../cluster-fixture.js';
import { expectGolden } from '../expect-golden.js';
import { jukeboxWorkspace, objectsOf, pick, render } from '../workspace-fixture.js';

/** The workspace with these callers in every environment. */
function closed(workspace: Workspace, callers: readonly string[]): Workspace {
  const close = (environment: Environment) => ({ ...environment, callers });
  return {
    ...workspace,
    environments: workspace.environments.map(close),
    models: workspace.models.map((model) => ({
      ...model,
      deployments: model.deployments.map((deployment) => ({
        ...deployment,
        environment: close(deployment.environment),
      })),
    })),
  };
}

const units = render(closed(jukeboxWorkspace, ['shop', 'ingress-nginx']));

test('a namespace lets in its own Pods, the monitoring and the callers, and nobody else', () => {
  const unit = units.filter(({ unit: { name } }) => name === 'test/platform');
  expectGolden('isolation.yaml', [pick(unit, 'NetworkPolicy', 'driftloop')]);
});

test('a namespace without callers is closed to all others, but for the monitoring', () => {
  const alone = render(closed(jukeboxWorkspace, [])).filter(({ unit: { name } }) => name === 'prod/platform');
  const { spec } = pick(alone, 'NetworkPolicy', 'driftloop');
  expect(JSON.stringify(spec).match(/metadata\.name":"[^"]+/g)).toEqual(['metadata.name":"monitoring']);
});

test('nothing is closed unless somebody asks for it', () => {
  const policies = objectsOf(render(jukeboxWorkspace)).filter(({ kind }) => kind === 'NetworkPolicy');
  expect(policies.map(({ metadata }) => metadata.namespace)).not.toContain('mlops-test');
  expect(render(jukeboxWorkspace).map(({ unit }) => unit.name)).not.toContain('test/platform');
});

test('the projects permit it, on every cluster', () => {
  for (const workspace of [jukeboxWorkspace, twoClusters]) {
    const manifests = render(closed(workspace, ['shop'])).flatMap((unit) => unit.manifests);
    expect(validateManifests(manifests)).toEqual([]);
  }
});
