import { chartFile } from '../../charts/conventions.js';
import { planUnits } from '../../charts/units.js';
import { describeObject } from '../../synth/manifest.js';
import { expectGolden } from './expect-golden.js';
import { everyKindWorkspace, render } from './workspace-fixture.js';

test('no object and no file is ever renamed, because Argo CD would delete and create it anew', () => {
  const identities = render(everyKindWorkspace).flatMap(({ manifests }) =>
    manifests.map(({ file, object }) => `${file}: ${object.apiVersion} ${describeObject(object)}`),
  );
  expect(new Set(identities).size).toBe(identities.length);
  expectGolden('identities.txt', `${[...identities].sort().join('\n')}\n`);
});

test('labels that a Deployment or Service selects Pods by never change, because Kubernetes refuses that', () => {
  const selectors = render(everyKindWorkspace).flatMap(({ manifests }) =>
    manifests.flatMap(({ object }) => {
      const spec = object.spec as { selector?: object } | undefined;
      return ['Deployment', 'Service'].includes(object.kind) ? [spec?.selector] : [];
    }),
  );
  const labels = (model: string) => ({
    'app.kubernetes.io/component': 'serving',
    'driftloop.dev/model': model,
  });
  const both = (model: string) => [{ matchLabels: labels(model) }, labels(model)];
  const environment = [...both('plain'), ...both('scaled')];
  expect(selectors).toEqual([...environment, ...environment]);
});

test('the order of planning and of the models decides no name', () => {
  const reversed = { ...everyKindWorkspace, models: [...everyKindWorkspace.models].reverse() };
  const files = (workspace: typeof everyKindWorkspace) =>
    planUnits(workspace, new Map())
      .flatMap(({ unit, charts }) =>
        charts.map(({ capability }) => `${unit.directory}/${chartFile(capability)}`),
      )
      .sort();
  expect(files(reversed)).toEqual(files(everyKindWorkspace));
});
