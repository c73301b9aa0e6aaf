import type { KubernetesObject } from '../../../synth/manifest.js';
import { validateReferences } from '../../../validate/references.js';
import { manyManifests, mutate } from '../good-manifests.js';
import { codesOf, summarize } from '../problems.js';

const path = 'spec.predictor.logger.url';
const server = (url: string) =>
  summarize(
    validateReferences(mutate('InferenceService', 'served-by-kserve', { [path]: url }, manyManifests)),
  );

describe('the monitor that copies of requests go to', () => {
  test('is there', () => {
    expect(codesOf(validateReferences(manyManifests))).toEqual([]);
  });

  test.each([
    'https://trustyai.mlops-test.svc.cluster.local',
    'https://trustyai-service.mlops-other.svc.cluster.local',
    'http://trustyai.mlops-test.svc:8080/',
  ])('is missed: %s', (url) => {
    expect(server(url)).toEqual([
      expect.stringMatching(/^REFERENCE_MONITOR spec\.predictor\.logger\.url: there is no/),
    ]);
  });

  test('may be outside of the cluster', () => {
    expect(server('https://sink.example.com/requests')).toEqual([]);
  });

  test('is missed when its unit is not delivered', () => {
    const isService = ({ object }: { object: KubernetesObject }) => object.kind === 'TrustyAIService';
    const rest = manyManifests.filter((manifest) => !isService(manifest));
    expect(new Set(codesOf(validateReferences(rest)))).toEqual(new Set(['REFERENCE_MONITOR']));
  });
});
