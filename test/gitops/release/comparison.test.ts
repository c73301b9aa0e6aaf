import { compareReleases } from '../../../gitops/release/comparison.js';
import type { Release } from '../../../config/release.js';

const before: Release = {
  model: 'jukebox',
  environment: 'prod',
  version: '6',
  image: `oci://registry.example.com/jukebox/model@sha256:${'6'.repeat(64)}`,
  releasedAt: '2026-11-02T10:00:00Z',
  by: 'ada',
  origin: { environment: 'test', releasedAt: '2026-11-01T10:00:00Z', by: 'run-6' },
  commit: 'c'.repeat(40),
  metrics: { accuracy: 0.9, rmse: 2, size: 10 },
  verified: { environment: 'test', at: '2026-11-01T12:00:00Z', by: 'smoke-test' },
};
const after: Release = {
  ...before,
  version: '7',
  image: before.image.replace('6'.repeat(64), '7'.repeat(64)),
  origin: { environment: 'test', releasedAt: '2026-11-21T09:00:00Z', by: 'run-7' },
  metrics: { accuracy: 0.7, rmse: 1.5 },
};
const gates = [
  { metric: 'rmse', min: undefined, max: 1.5 },
  { metric: 'accuracy', min: 0.75, max: undefined },
  { metric: 'f1', min: 0.5, max: 0.9 },
];

test('a reviewer sees both versions, their content, their age, who trained and tested them', () => {
  expect(compareReleases(before, after, []).facts).toEqual([
    { what: 'version', before: '6', after: '7' },
    { what: 'digest', before: `sha256:${'6'.repeat(64)}`, after: `sha256:${'7'.repeat(64)}` },
    { what: 'first released', before: '2026-11-01 in test', after: '2026-11-21 in test, 19 days later' },
    { what: 'by', before: 'run-6', after: 'run-7' },
    { what: 'source commit', before: 'c'.repeat(40), after: 'c'.repeat(40) },
    { what: 'verified', before: 'in test by smoke-test', after: 'in test by smoke-test' },
  ]);
});

test('a gate that is missed, or whose metric was not measured, does not pass', () => {
  expect(compareReleases(before, after, gates).metrics).toEqual([
    { metric: 'rmse', before: 2, after: 1.5, gate: 'at most 1.5', passed: true },
    { metric: 'accuracy', before: 0.9, after: 0.7, gate: 'at least 0.75', passed: false },
    { metric: 'f1', before: undefined, after: undefined, gate: 'at least 0.5, at most 0.9', passed: false },
    { metric: 'size', before: 10, after: undefined, gate: undefined, passed: true },
  ]);
});

test('the first release of an environment is compared with nothing', () => {
  const { facts } = compareReleases(undefined, { ...after, commit: undefined, verified: undefined }, []);
  expect(facts.map(({ what, before }) => [what, before])).toEqual([
    ['version', undefined],
    ['digest', undefined],
    ['first released', undefined],
    ['by', undefined],
  ]);
});

test('the same two releases are always described alike, whenever that is', () => {
  expect(JSON.stringify(compareReleases(before, after, gates))).toBe(
    JSON.stringify(compareReleases({ ...before }, { ...after, releasedAt: '2027-01-01T00:00:00Z' }, gates)),
  );
  expect(compareReleases(after, before, []).facts[2]).toMatchObject({
    after: '2026-11-01 in test, 19 days earlier',
  });
});
