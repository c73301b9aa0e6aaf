import type { KubernetesObject, Manifest } from '../../../synth/manifest.js';
import { validateReferences } from '../../../validate/references.js';
import { manyManifests } from '../good-manifests.js';

/** Messages about scraping when one more scraper stands beside those of the good manifests. */
function beside(kind: string, matchLabels: object, namespace = 'mlops-test'): readonly string[] {
  const [first] = manyManifests;
  if (first === undefined) throw new Error('there are no manifests');
  const object: KubernetesObject = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind,
    metadata: { name: 'another', namespace },
    spec: { selector: { matchLabels } },
  };
  return messagesOf([...manyManifests, { ...first, object }]);
}

function messagesOf(manifests: readonly Manifest[]): readonly string[] {
  return validateReferences(manifests)
    .filter(({ code }) => code === 'REFERENCE_SCRAPE')
    .map(({ message }) => message);
}

describe('what Prometheus reads', () => {
  test('is there', () => {
    expect(messagesOf(manyManifests)).toEqual([]);
    expect(messagesOf([])).toEqual([]);
  });

  test('is not read twice by monitors of ours', () => {
    expect(beside('PodMonitor', { 'driftloop.dev/model': 'plain' })).toEqual([
      'Deployment mlops-test/plain is read by PodMonitor mlops-test/plain already.',
    ]);
    expect(beside('PodMonitor', { 'serving.kserve.io/inferenceservice': 'served-by-kserve' })).toHaveLength(
      1,
    );
  });

  test('is not read beside the ServiceMonitor of the TrustyAI operator (D92)', () => {
    const expected = [
      'the TrustyAI operator makes a ServiceMonitor of its own for TrustyAIService mlops-test/trustyai-service.',
    ];
    expect(beside('ServiceMonitor', { 'app.kubernetes.io/part-of': 'trustyai' })).toEqual(expected);
    expect(beside('ServiceMonitor', { app: 'trustyai-service' })).toEqual(expected);
    expect(beside('ServiceMonitor', { app: 'trustyai-service' }, 'mlops-other')).toEqual([]);
  });

  test('is missed when no server has its labels', () => {
    expect(beside('PodMonitor', { app: 'nothing' })).toEqual(['no rendered server has these labels.']);
    expect(beside('PodMonitor', { 'driftloop.dev/model': 'plain' }, 'mlops-other')).toEqual([
      'no rendered server has these labels.',
    ]);
  });
});
