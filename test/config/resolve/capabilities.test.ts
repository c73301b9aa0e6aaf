import { features } from '../../../config/catalogue/capabilities.js';
import { builtInVersions, components } from '../../../config/catalogue/versions.js';
import type { Component } from '../../../config/catalogue/versions.js';
import { loadWorkspace } from '../../../config/load-workspace.js';
import type { Workspace } from '../../../config/model.js';
import { resolveCapabilities } from '../../../config/resolve/resolve-capabilities.js';
import { checkVersion } from '../../../config/values/version.js';
import { goodPlatform, removeWorkspaces, writeWorkspace } from '../workspace-files.js';

afterEach(removeWorkspaces);

function load(platform: string): Workspace {
  const { value, problems } = loadWorkspace(writeWorkspace({ 'driftloop.yaml': platform }));
  expect(problems).toEqual([]);
  if (value === undefined) throw new Error('the workspace has errors');
  return value;
}

test('the last choice of every feature counts always, and every choice names its source', () => {
  for (const [name, { meaning, choices }] of Object.entries(features)) {
    expect([name, meaning]).toEqual([name, expect.stringMatching(/^\S/)]);
    expect([name, Object.keys(choices.at(-1) ?? {})]).toEqual([name, ['value', 'source']]);
    for (const { source } of choices) expect(source).toMatch(/^(https:\/\/|seen on a cluster)/);
  }
});

test('every version in the table is one', () => {
  for (const { choices } of Object.values(features)) {
    for (const choice of choices) {
      const since = 'since' in choice ? (choice.since ?? {}) : {};
      for (const [component, version] of Object.entries(since)) {
        expect(Object.keys(components)).toContain(component);
        expect(checkVersion(version)).toBeUndefined();
      }
    }
  }
});

test.each(['kubernetes', 'openshift'] as const)(
  'with its own versions %s has all that is rendered',
  (profile) => {
    const capabilities = resolveCapabilities(profile, builtInVersions[profile]);
    expect(capabilities).toMatchObject({ keepFiringFor: true, tektonV1: true, modelImages: true });
  },
);

test('a version is compared by its numbers: 1.10 is newer than 1.9 and not 1.1', () => {
  const versions = { ...builtInVersions.kubernetes, kserve: '0.20' };
  expect(resolveCapabilities('kubernetes', versions).standardCanary).toBe(true);
  expect(resolveCapabilities('kubernetes', { ...versions, kserve: '0.2' }).standardCanary).toBe(false);
});

test('an unquoted version is read as it is written', () => {
  const text = 'versions: { tekton: 1.10, triggers: "0.30", kserve: 0.20, argocd: 3.5.1 }\n';
  const { versions, capabilities } = load(`${goodPlatform}${text}`).platform;
  expect(versions).toEqual({
    ...builtInVersions.kubernetes,
    tekton: '1.10',
    triggers: '0.30',
    kserve: '0.20',
    argocd: '3.5.1',
  });
  expect(capabilities.standardCanary).toBe(true);
});

test('an unquoted version behind an alias and a merge is read as it is written, too', () => {
  const text = 'versions: { <<: &base { tekton: 1.10 }, kserve: &k 0.20 }\n';
  const { versions } = load(`${goodPlatform}${text}`).platform;
  expect(versions).toMatchObject({ tekton: '1.10', kserve: '0.20' });
});

test('the profile decides namespaces and versions, and what is written wins', () => {
  const openshift = goodPlatform.replace('profile: kubernetes', 'profile: openshift');
  expect(load(openshift).platform).toMatchObject({
    namespaces: {
      argocd: 'openshift-gitops',
      monitoring: 'openshift-user-workload-monitoring',
      tekton: 'openshift-pipelines',
    },
    versions: builtInVersions.openshift,
    capabilities: { alertmanagerConfig: 'v1beta1', listenerTls: 'service-ca', podUser: 'assigned' },
  });
  const own = openshift.replace('namespaces:', 'namespaces:\n  argocd: team-gitops');
  expect(load(own).platform.namespaces.argocd).toBe('team-gitops');
});

test('no component is forgotten in a profile', () => {
  const names = Object.keys(components) as Component[]; // A closed table.
  for (const versions of Object.values(builtInVersions)) expect(Object.keys(versions)).toEqual(names);
});
