import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadReleases } from '../../config/release-files.js';
import { loadWorkspace } from '../../config/load-workspace.js';
import type { Release } from '../../config/release.js';
import { releaseKey } from '../../config/release.js';
import { objectsOf, render } from '../charts/workspace-fixture.js';
import { loadTree, removeTrees, writeTree } from '../config/dialects/course/course-tree.js';
import { stages } from '../config/dialects/course/stages.js';
import { ofKind, renderCourse, textOf } from './course-objects.js';

/** How a trained model becomes a served one, D25–D27 and D48 of the course. */
const objects = renderCourse();
const runs = textOf(ofKind(objects, 'Pipeline', 'Task'));

afterAll(removeTrees);

const digest = `oci://registry.example.com/jukebox/model@sha256:${'4'.repeat(64)}`;
const release: Release = {
  model: 'jukebox',
  environment: 'prod',
  version: '20261121100000-4562a17',
  image: digest,
  releasedAt: '2026-11-21T10:00:00Z',
  by: 'run jukebox-prod-1',
  commit: undefined,
  metrics: {},
};

/** Codes of what is wrong with a record that names this image. */
function codesOfRecord(image: string): readonly string[] {
  const directory = writeTree();
  const { value } = loadWorkspace(directory);
  if (value === undefined) throw new Error('the tree has errors');
  const folder = join(directory, 'releases/prod');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'jukebox.yaml'), JSON.stringify({ ...release, image }));
  return loadReleases(directory, value).problems.map(({ code }) => code);
}

test('D25: a tag that moves between training and release cannot be released', () => {
  expect(codesOfRecord('oci://registry.example.com/jukebox/model:latest')).toEqual(['CONFIG_IMAGE']);
  expect(codesOfRecord('oci://registry.example.com/jukebox/model:4562a17')).toEqual(['CONFIG_IMAGE']);
  expect(codesOfRecord(digest)).toEqual([]);
  expect(runs).not.toMatch(/\boc\b|:latest/);
});

test('D26: production serves the digest that its record names, whatever its tag says', () => {
  const { workspace } = loadTree(stages.final);
  const units = render(workspace, new Map([[releaseKey('prod', 'jukebox'), release]]));
  const served = ofKind(objectsOf(units), 'InferenceService');
  const inProd = textOf(served.filter(({ metadata }) => metadata.namespace === 'user1-prod'));
  expect(inProd).toContain(digest);
  expect(inProd).not.toContain('4562117e17');
});

test('D27: what is trained, and the source it is made of, stand apart, and nothing is built of a whole volume', () => {
  const [pipeline] = ofKind(objects, 'Pipeline');
  const text = textOf(pipeline === undefined ? [] : [pipeline]);
  expect(text).toContain('"workingDir":"$(workspaces.run.path)/source"');
  expect(text).toContain('{"name":"DRIFTLOOP_OUTPUT","value":"$(workspaces.run.path)/output"}');
  expect(text).toMatch(/"steps":\[\{"command":\["node","[^"]+","clear-output"\]/);
  expect(ofNames(objects)).not.toContain('BuildConfig');
  expect(runs).not.toMatch(/Dockerfile|--from-dir/);
});

function ofNames(of: readonly { readonly kind: string }[]): readonly string[] {
  return of.map(({ kind }) => kind);
}

test('D48: a password for Git comes from a Secret, and stands in no address that a volume would keep', () => {
  const addresses = [...runs.matchAll(/https?:\/\/[^"\s]+/g)].map(([address]) => address);
  expect(addresses.length).toBeGreaterThan(0);
  expect(addresses.filter((address) => address.includes('@'))).toEqual([]);
  expect(runs).toMatch(/"secretKeyRef":\{"key":"password","name":"git-auth"/);
  expect(runs).not.toMatch(/git-credentials|set-url/);
});
