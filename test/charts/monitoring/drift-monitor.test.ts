import {
  listMetricRequests,
  metricRequestsFile,
  metricRequestsSchema,
} from '../../../charts/monitoring/drift-monitor.js';
import type { Detector } from '../../../config/model.js';
import type { ComparedGroups } from '../../../config/model-monitoring.js';
import { contextOf, meanshift } from '../alert-fixture.js';
import {
  inferenceService,
  jukeboxWorkspace,
  monitorService,
  objectsOf,
  render,
  serve,
  withModels,
  withService,
} from '../workspace-fixture.js';

const groups: ComparedGroups = {
  attribute: 'gender',
  privileged: 1,
  unprivileged: 0,
  outcome: 'approved',
  favorable: true,
};
const drifting: Detector = {
  ...meanshift,
  request: { path: '/metrics/drift/meanshift', compares: 'reference', tag: 'TRAINING' },
};
const unfair: Detector = {
  ...meanshift,
  name: 'by-gender',
  features: [],
  request: { path: '/metrics/group/fairness/spd', compares: 'groups', groups },
};
const requestsOf = (detectors: readonly Detector[]) =>
  listMetricRequests({ ...contextOf(detectors), service: monitorService });

describe('requests for metrics', () => {
  test('hold all that both services of TrustyAI ask for, and the batch size that the Python one would take for 100', () => {
    expect(requestsOf([drifting, unfair])).toEqual({
      version: 1,
      service: 'trustyai-service',
      requests: [
        {
          detector: 'meanshift',
          path: '/metrics/drift/meanshift/request',
          body: {
            modelId: 'jukebox',
            requestName: 'meanshift',
            batchSize: 5000,
            referenceTag: 'TRAINING',
            fitColumns: ['danceability', 'energy', 'tempo'],
          },
        },
        {
          detector: 'by-gender',
          path: '/metrics/group/fairness/spd/request',
          body: {
            modelId: 'jukebox',
            requestName: 'by-gender',
            batchSize: 5000,
            protectedAttribute: 'gender',
            privilegedAttribute: 1,
            unprivilegedAttribute: 0,
            outcomeName: 'approved',
            favorableOutcome: true,
          },
        },
      ],
    });
  });

  test('do not hold what nobody must ask for', () => {
    expect(requestsOf([meanshift]).requests).toEqual([]);
    const names = objectsOf(render(jukeboxWorkspace)).map(({ metadata }) => metadata.name);
    expect(names).not.toContain('jukebox-metric-requests');
  });

  test('are there for every environment, prod too (D13)', () => {
    const units = render(withService(withModels([serve('jukebox', inferenceService)])));
    const found = objectsOf(units).filter(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.namespace !== 'argocd',
    );
    expect(found.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)).toEqual([
      'mlops-test/jukebox-metric-requests',
      'mlops-prod/jukebox-metric-requests',
    ]);
    for (const { data } of found) {
      const text = (data as Record<string, string>)[metricRequestsFile] ?? '';
      expect(metricRequestsSchema.parse(JSON.parse(text)).requests).toHaveLength(1);
    }
  });

  test('carry the names of columns as they are, quotes and all', () => {
    const hostile = 'a"},{"b\n$(id)';
    const { requests } = requestsOf([{ ...drifting, features: [hostile] }]);
    expect(JSON.parse(JSON.stringify(requests[0]?.body))).toMatchObject({ fitColumns: [hostile] });
  });
});
