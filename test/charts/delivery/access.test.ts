import type { AccessGrant } from '../../../config/model.js';
import { validateManifests } from '../../../validate/validate.js';
import { twoClusters } from '../cluster-fixture.js';
import { expectGolden } from '../expect-golden.js';
import { jukeboxWorkspace, objectsOf, render } from '../workspace-fixture.js';

const everywhere = ['test', 'prod'];
const alice: AccessGrant = {
  kind: 'User',
  name: 'alice@example.com',
  namespace: undefined,
  role: 'admin',
  environments: everywhere,
  toolings: false,
  team: undefined,
};
const access: readonly AccessGrant[] = [
  alice,
  { ...alice, kind: 'Group', name: 'music-team', role: 'edit', environments: ['test'] },
  { ...alice, kind: 'ServiceAccount', name: 'deployer', namespace: 'ci', role: 'edit' },
  { ...alice, kind: 'Group', name: 'trainers', role: 'view', environments: [], toolings: true },
  alice,
];
const units = render({ ...jukeboxWorkspace, access });

test('people get their rights by plain RoleBindings in the bootstrap, in namespaces that stand beside them (D87)', () => {
  const bootstrap = units[0];
  const text = bootstrap?.files.find(({ path }) => path === 'bootstrap/access.k8s.yaml')?.text ?? '';
  expect(text).not.toContain('helm.sh/hook');
  expect(bootstrap?.files.map(({ path }) => path)).toContain('bootstrap/namespaces.k8s.yaml');
  expectGolden('access.yaml', text);
});

test('the order in which people are written, and writing them twice, changes nothing', () => {
  const reversed = render({ ...jukeboxWorkspace, access: [...access].reverse() });
  expect(JSON.stringify(reversed[0]?.files)).toBe(JSON.stringify(units[0]?.files));
});

test('the last one who loses a role loses it when the bootstrap is applied again', () => {
  const empty = render({ ...jukeboxWorkspace, access: [] });
  const bindings = objectsOf(empty).filter(({ metadata }) => /-(?:admin|edit|view)$/.test(metadata.name));
  expect(bindings).toHaveLength(9);
  for (const binding of bindings) expect(binding).not.toHaveProperty('subjects');
});

test('without a word about access, the rights of people are left alone', () => {
  expect(render(jukeboxWorkspace)[0]?.files.map(({ path }) => path)).not.toContain(
    'bootstrap/access.k8s.yaml',
  );
});

test('accounts of others fit together with everything else, misspelt ones of ours do not', () => {
  const check = (grants: readonly AccessGrant[]) =>
    validateManifests(
      render({ ...jukeboxWorkspace, access: grants }).flatMap(({ manifests }) => manifests),
    ).map(({ code }) => code);
  expect(check(access)).toEqual([]);
  expect(
    check([{ ...alice, kind: 'ServiceAccount', name: 'driftlop', namespace: 'mlops-toolings' }]),
  ).toEqual(['REFERENCE_ACCOUNT', 'REFERENCE_ACCOUNT']);
});

test('nobody gets rights in an environment that was not named', () => {
  const inProd = objectsOf(units).filter(
    ({ kind, metadata }) => kind === 'RoleBinding' && metadata.namespace === 'mlops-prod',
  );
  expect(inProd).toHaveLength(3);
  expect(JSON.stringify(inProd)).not.toContain('music-team');
});

test('whoever may look at runs gets nothing in the environments, and who may work there nothing at the runs', () => {
  const heldIn = (name: string, of = objectsOf(units)) =>
    of
      .filter((object) => object.kind === 'RoleBinding' && JSON.stringify(object).includes(`"${name}"`))
      .map(({ metadata }) => metadata.namespace);
  expect(heldIn('trainers')).toEqual(['mlops-toolings']);
  expect(heldIn('alice@example.com')).toEqual(['mlops-prod', 'mlops-test']);
});

test('where no model is trained there are no toolings, and no rights in them', () => {
  const models = jukeboxWorkspace.models.map((model) => ({ ...model, training: undefined }));
  const bindings = objectsOf(render({ ...jukeboxWorkspace, models, access })).filter(
    ({ kind }) => kind === 'RoleBinding',
  );
  expect(bindings.map(({ metadata }) => metadata.namespace)).not.toContain('mlops-toolings');
});

test('the rights at the runs are given on the cluster of the toolings alone', () => {
  const remote = render({ ...twoClusters, access });
  const bindings = remote.flatMap(({ unit, manifests }) =>
    manifests
      .filter(({ object }) => object.metadata.name === 'driftloop-view')
      .map(({ object }) => `${unit.name} ${object.metadata.namespace ?? ''}`),
  );
  expect(bindings).toEqual(['bootstrap mlops-test', 'bootstrap mlops-toolings', 'bootstrap/eu mlops-test']);
});
