import { describeBootstrap } from '../../../charts/delivery/bootstrap-guide.js';
import type { Autoscaling } from '../../../config/model.js';
import { inferenceService, serve, server, withModels } from '../workspace-fixture.js';

const byQuery: Autoscaling = {
  min: 1,
  max: 3,
  target: {
    metric: 'prometheus',
    value: 4,
    server: 'https://prometheus.example.com',
    query: 'sum(requests)',
    tokenSecret: { name: 'reader', key: 'token' },
    caSecret: { name: 'reader', key: 'ca.crt' },
  },
};

test('the bootstrap names the Secrets of served models, with the namespaces that need them', () => {
  const guide = describeBootstrap(
    withModels([
      serve('jukebox', {
        ...inferenceService,
        autoscaling: byQuery,
        imagePullSecrets: ['registry'],
        serviceAccount: { secrets: ['store'], annotations: {}, token: false },
      }),
    ]),
  );
  const where = 'in `mlops-test`, `mlops-prod`';
  expect(guide).toContain(`- \`registry\`: credentials for the images of jukebox, ${where}\n`);
  expect(guide).toContain(`- \`store\`: credentials of the store that keeps jukebox, ${where}\n`);
  expect(guide).toContain(
    `- \`reader\`: \`token\`, a token with which KEDA reads the metrics of jukebox, ${where}\n`,
  );
  expect(guide).toContain(
    `- \`reader\`: \`ca.crt\`, the authority of the Prometheus that KEDA asks about jukebox, ${where}`,
  );
  expect(guide).toContain('- KServe is installed.\n- KEDA is installed: ');
});

test('it asks for what scales Pods, and for Knative, only where they are used', () => {
  const cpu: Autoscaling = { min: 1, max: 3, target: { metric: 'cpu', value: 80 } };
  const scaled = describeBootstrap(withModels([serve('jukebox', { ...server, autoscaling: cpu })]));
  expect(scaled).toContain('- The cluster has the Metrics API, ');
  expect(scaled).not.toContain('KServe is installed');
  const knative = describeBootstrap(withModels([serve('jukebox', { ...inferenceService, mode: 'Knative' })]));
  expect(knative).toContain('- KServe is installed, with Knative Serving.\n');
  expect(knative).not.toMatch(/KEDA|Metrics API/);
});
