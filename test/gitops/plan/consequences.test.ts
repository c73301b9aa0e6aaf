import { diffPlan } from '../../../gitops/plan/diff.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { object } from '../support/units.js';
import { planOf } from '../report/report-fixture.js';

function consequenceOf(before: KubernetesObject, after?: KubernetesObject): string | undefined {
  const plan = planOf({ 'test/jukebox': [[before], after === undefined ? [] : [after]] });
  return diffPlan(plan).units[0]?.objects[0]?.consequence;
}

const claim = object('data', { kind: 'PersistentVolumeClaim', spec: { storageClassName: 'fast', size: 1 } });
const renamed = { ...claim, metadata: { ...claim.metadata, name: 'other' } };
const keeping = { 'argocd.argoproj.io/sync-options': 'Replace=true, Prune=false' };

test('who deletes a volume claim is told about the data', () => {
  expect(consequenceOf(claim)).toBe('Argo CD prunes it; its data is lost, unless the volume is retained');
});

test('who renames a server is told that the model does not answer meanwhile', () => {
  const server = { ...claim, kind: 'InferenceService' };
  expect(consequenceOf(server, { ...renamed, kind: 'InferenceService' })).toBe(
    'Argo CD prunes InferenceService mlops-test/data and creates InferenceService mlops-test/other: a recreation, not a rename; the model does not answer until another one is ready',
  );
});

test('what asks not to be pruned is not said to be pruned', () => {
  const kept = { ...claim, metadata: { ...claim.metadata, annotations: keeping } };
  expect(consequenceOf(kept)).toContain('stays in the cluster');
  expect(consequenceOf(kept, renamed)).toContain('and PersistentVolumeClaim mlops-test/data stays');
});

test('a change that the API server refuses is announced before it is published', () => {
  const changed = { ...claim, spec: { storageClassName: 'slow', size: 1 } };
  expect(consequenceOf(claim, changed)).toContain('refuses to change spec.storageClassName');
  expect(consequenceOf(claim, { ...claim, spec: { storageClassName: 'fast', size: 2 } })).toBeUndefined();
});
