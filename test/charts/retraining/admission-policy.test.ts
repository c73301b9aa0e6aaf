import type { Admission } from '../../../config/model-admission.js';
import type { Runs } from '../../../config/model-runs.js';
import { resolveClockInterval } from '../../../config/resolve/resolve-time-intervals.js';
import { describePolicy } from '../../../charts/retraining/admission-policy.js';
import { admissionPolicy, openPolicy } from '../../../charts/tasks/admission-policy.js';
import { admit } from '../../../charts/tasks/admit.js';
import { stepTaskSpec } from '../../../charts/tasks/step-task.js';
import { meanshift } from '../alert-fixture.js';
import { model, platform, training } from '../retraining-fixture.js';

const server = (port: number) => ({
  url: `http://monitoring.example.com:${port}`,
  tokenSecret: { name: 'reader', key: 'token' },
  ca: { configMap: { name: 'authority', key: 'ca.crt' } },
});
const runs: Runs = {
  log: 'json',
  prometheus: server(9090),
  alertmanager: server(9093),
  notify: undefined,
};
const asking = {
  ...model,
  deployments: model.deployments.map((deployment) => ({
    ...deployment,
    detectors: [{ ...meanshift, actions: ['retrain' as const] }],
  })),
};

function demand(admission: Partial<Admission>, servers: Partial<Runs> = runs) {
  return describePolicy({ ...platform, runs: { ...platform.runs, ...servers } }, asking, {
    ...training,
    admission: { ...training.admission, ...admission },
  });
}

test('what nobody demands stands nowhere, and the step reads it as demanding nothing', () => {
  const demands = demand({ maxFailures: 0 });
  expect(demands).toEqual({ whenUnknown: 'admit' });
  expect(admissionPolicy.parse(demands)).toEqual(openPolicy);
});

test('what is demanded arrives at the step as it was meant', () => {
  const freeze = [resolveClockInterval('night', { times: ['22:00-06:00'], location: 'Europe/Berlin' })];
  const samples = { query: 'sum(increase(x_total{path=~"a|b"}[$since]))', minimum: 1.5 };
  const demands = demand({ freeze, samples, stillFiring: true, maxRunsPerDay: 4, whenUnknown: 'refuse' });
  expect(admissionPolicy.parse(JSON.parse(JSON.stringify(demands)))).toEqual({
    freeze,
    maxRunsPerDay: 4,
    maxFailures: 3,
    alerts: {
      alertmanager: runs.alertmanager?.url,
      environments: asking.deployments.map(({ environment }) => environment.name),
    },
    samples: { prometheus: runs.prometheus?.url, ...samples },
    whenUnknown: 'refuse',
  });
});

test('a platform that names no servers has no variables for them, and lines for people', () => {
  const text = JSON.stringify(stepTaskSpec(admit, platform));
  expect(text).not.toMatch(/PROMETHEUS|ALERTMANAGER|STEP_LOG/);
});

test('tokens and authorities come from Secrets and ConfigMaps, and stand in no Task', () => {
  const [step] = stepTaskSpec(admit, { ...platform, runs }).steps ?? [];
  expect(step?.env).toEqual(
    expect.arrayContaining([
      { name: 'STEP_LOG', value: 'json' },
      { name: 'DRIFTLOOP_PROMETHEUS_TOKEN', valueFrom: { secretKeyRef: { name: 'reader', key: 'token' } } },
      {
        name: 'DRIFTLOOP_PROMETHEUS_CA',
        valueFrom: { configMapKeyRef: { name: 'authority', key: 'ca.crt' } },
      },
      { name: 'DRIFTLOOP_ALERTMANAGER_TOKEN', valueFrom: { secretKeyRef: { name: 'reader', key: 'token' } } },
    ]),
  );
});
