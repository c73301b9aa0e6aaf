import { entriesOf } from '../../../gitops/plan/listing.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { validateManifests } from '../../../validate/validate.js';
import type { Workspace } from '../../../config/model.js';
import { expectGolden } from '../expect-golden.js';
import { onClusters, prodInEurope, us } from '../cluster-fixture.js';
import {
  everyKindWorkspace,
  jukeboxWorkspace,
  objectsOf,
  pick,
  render,
  testEnvironment,
} from '../workspace-fixture.js';

function inOneSet(workspace: Workspace): Workspace {
  const { platform } = workspace;
  return { ...workspace, platform: { ...platform, argocd: { ...platform.argocd, style: 'applicationset' } } };
}

const units = render(inOneSet(everyKindWorkspace));
const listing = units.find(({ unit }) => unit.name === 'applications');
const index = listing?.files.filter(({ path }) => path.startsWith('applications/units/')) ?? [];

/** What the controller makes of the template and an entry of the index; tried on a cluster with the real one. */
function instantiate(set: KubernetesObject, entry: string): KubernetesObject {
  const values = JSON.parse(entry) as Readonly<Record<string, unknown>>;
  const { template } = set.spec as { template: object };
  const text = JSON.stringify(template).replace(/\{\{ \.(\w+) \}\}/g, (_, key: string) => {
    if (typeof values[key] !== 'string') throw new Error(`the index has no text ${key}`);
    return values[key];
  });
  const { metadata, spec } = JSON.parse(text, leaveOutEmpty) as KubernetesObject;
  const labels = values.labels as Record<string, string>; // Written by indexUnits.
  return { apiVersion: set.apiVersion, kind: 'Application', metadata: { ...metadata, labels }, spec };
}

/** To Argo CD a text without characters is absent. */
function leaveOutEmpty(_key: string, value: unknown): unknown {
  return value === '' ? undefined : value;
}

function keyed(application: KubernetesObject) {
  return [application.metadata.name, application] as const;
}

describe('one ApplicationSet', () => {
  test('makes the Applications of the other style, with equal names, so that changing the style recreates nothing', () => {
    const set = pick(units, 'ApplicationSet', 'mlops.units');
    const made = index.map(({ text }) => instantiate(set, text));
    const written = objectsOf(render(everyKindWorkspace).filter(({ unit }) => unit.name === 'applications'))
      .filter(({ kind }) => kind === 'Application')
      .map(({ metadata: { finalizers: _, ...metadata }, ...application }) => ({ ...application, metadata }));
    expect(made.length).toBeGreaterThan(2);
    expect(new Map(made.map(keyed))).toEqual(new Map(written.map(keyed)));
  });

  test('makes them for other clusters, too, found by name or by server', () => {
    const places = [{ ...testEnvironment, cluster: us }, prodInEurope];
    const remote = onClusters(...places);
    const rendered = render(inOneSet(remote));
    const files = rendered.find(({ unit }) => unit.name === 'applications')?.files ?? [];
    const made = files
      .filter(({ path }) => path.endsWith('.json'))
      .map(({ text }) => instantiate(pick(rendered, 'ApplicationSet', 'mlops.units'), text));
    const written = objectsOf(render(remote).filter(({ unit }) => unit.name === 'applications'));
    for (const application of made) {
      const other = written.find(
        ({ kind, metadata }) => kind === 'Application' && metadata.name === application.metadata.name,
      );
      expect(application.spec).toEqual(other?.spec);
    }
    expect(made.map(({ spec }) => (spec as { destination: object }).destination)).toEqual([
      { name: 'eu', namespace: 'mlops-test' },
      { server: 'https://api.us.example.com:6443', namespace: 'mlops-test' },
      { server: 'https://kubernetes.default.svc', namespace: 'mlops-toolings' },
    ]);
    expect(validateManifests(rendered.flatMap(({ manifests }) => manifests))).toEqual([]);
  });

  test('reads an index of one file per unit', () => {
    expectGolden('application-set.yaml', [pick(units, 'ApplicationSet', 'mlops.units')]);
    expect(index.map(({ path }) => path)).toContain('applications/units/mlops.toolings.json');
    expectGolden(
      'application-set-index.json',
      index.find(({ path }) => path.endsWith('plain.json'))?.text ?? '',
    );
  });

  test('stops at a key that is missing, instead of making an Application of the folder "<no value>" (D83)', () => {
    expect(pick(units, 'ApplicationSet', 'mlops.units').spec).toMatchObject({
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
    });
  });

  test('names Applications by the whole unit, never by the last part of a path (D82)', () => {
    const names = index.map(({ text }) => (JSON.parse(text) as { application: string }).application);
    expect(new Set(names).size).toBe(names.length);
    expect(JSON.stringify(pick(units, 'ApplicationSet', 'mlops.units'))).not.toContain('.path');
  });

  test('takes nothing along when it is deleted', () => {
    const set = pick(units, 'ApplicationSet', 'mlops.units');
    expect(set.spec).toMatchObject({ syncPolicy: { preserveResourcesOnDeletion: true } });
    expect(JSON.stringify(set)).not.toContain('finalizer');
  });

  test('leaves the projects, the bootstrap and the units as they are', () => {
    const others = (workspace: Workspace) =>
      render(workspace)
        .filter(({ unit }) => unit.name !== 'applications')
        .map(({ files }) => files);
    expect(others(inOneSet(jukeboxWorkspace))).toEqual(others(jukeboxWorkspace));
    expect(listing?.files.map(({ path }) => path)).toContain('applications/projects.k8s.yaml');
  });

  test('gets the entry of a released unit with the release, and no other one', () => {
    if (listing === undefined) throw new Error('no applications');
    const paths = entriesOf(listing, new Set(['environments/test/plain'])).files.map(({ path }) => path);
    expect(paths).toEqual([
      'applications/mlops.units.k8s.yaml',
      'applications/projects.k8s.yaml',
      'applications/rollout-rights.k8s.yaml',
      'applications/units/mlops.test.plain.json',
    ]);
  });

  test('fits together with everything else', () => {
    expect(validateManifests(units.flatMap(({ manifests }) => manifests))).toEqual([]);
  });
});
