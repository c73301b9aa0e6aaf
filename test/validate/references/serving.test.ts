import { validateReferences } from '../../../validate/references.js';
import { validateSecurity } from '../../../validate/security.js';
import { manyManifests, mutate } from '../good-manifests.js';
import type { Changes } from '../good-manifests.js';
import { summarize } from '../problems.js';

const check = (kind: string, name: string, changes: Changes) =>
  summarize(validateReferences(mutate(kind, name, changes, manyManifests)));

const own = 'scaled-by-kserve';

describe('what serves a model', () => {
  test('fits together as it is rendered', () => {
    expect(summarize(validateReferences(manyManifests))).toEqual([]);
    expect(summarize(validateSecurity(manyManifests))).toEqual([]);
  });

  test.each<[string, string, string, Changes]>([
    ['REFERENCE_RUNTIME', 'InferenceService', own, { 'spec.predictor.model.runtime': 'ovms' }],
    ['REFERENCE_RUNTIME', 'InferenceService', own, { 'spec.predictor.model.modelFormat.name': 'sklearn' }],
    ['REFERENCE_RUNTIME', 'InferenceService', own, { 'spec.predictor.model.protocolVersion': 'v1' }],
    ['REFERENCE_RUNTIME', 'ServingRuntime', own, { 'metadata.name': 'nobody' }],
    ['REFERENCE_ACCOUNT', 'InferenceService', own, { 'spec.predictor.serviceAccountName': 'nobody' }],
    ['REFERENCE_ACCOUNT', 'InferenceService', own, { 'spec.transformer.serviceAccountName': 'nobody' }],
    ['REFERENCE_SCALING', 'TriggerAuthentication', own, { 'metadata.name': 'nobody' }],
    ['REFERENCE_SCALING', 'HorizontalPodAutoscaler', 'scaled', { 'spec.scaleTargetRef.name': 'nobody' }],
    ['REFERENCE_SCALING', 'Deployment', 'scaled', { 'spec.replicas': 3 }],
  ])('does not: %s of %s %s', (code, kind, name, changes) => {
    expect(check(kind, name, changes)).toEqual([expect.stringMatching(new RegExp(`^${code} `))]);
  });
});

test.each<[string, string, string, Changes]>([
  ['SECURITY_POD', 'ServingRuntime', own, { 'spec.containers[0].securityContext.privileged': true }],
  ['SECURITY_POD', 'InferenceService', own, { 'spec.predictor.containers[0].securityContext.runAsUser': 0 }],
  ['SECURITY_POD', 'InferenceService', own, { 'spec.predictor.hostNetwork': true }],
  [
    'SECURITY_ACCOUNT',
    'InferenceService',
    'served-by-kserve',
    { 'spec.predictor.automountServiceAccountToken': undefined },
  ],
])('%s: %s %s', (code, kind, name, changes) => {
  const problems = summarize(validateSecurity(mutate(kind, name, changes, manyManifests)));
  expect(problems).toEqual([expect.stringMatching(new RegExp(`^${code} `))]);
});
