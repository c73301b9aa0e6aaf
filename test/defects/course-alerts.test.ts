import { loadWorkspace } from '../../config/load-workspace.js';
import { removeTrees, writeTree } from '../config/dialects/course/course-tree.js';
import { inNamespace, ofKind, renderCourse, textOf } from './course-objects.js';

/** The path from an alert to a training, D1–D14 and D33 of the course, as it is rendered from the course's own tree. */
const objects = renderCourse();
const rules = ofKind(objects, 'PrometheusRule');
const routes = ofKind(objects, 'AlertmanagerConfig');
const triggers = ofKind(objects, 'Trigger');
const ofAlerts = triggers.filter(({ metadata }) => !metadata.name.includes('.event.'));

afterAll(removeTrees);

test('D1: what the alert says is what it asks', () => {
  const text = textOf(inNamespace(rules, 'user1-test'));
  expect(text).toContain('trustyai_meanshift{');
  expect(text).toContain('p-value of the mean-shift test below 0.05 for 10m');
  expect(text).not.toContain('tempo');
});

test("D2: a p-value's threshold on a statistic is refused", () => {
  const overlay = `platform: { monitors: { trustyai: { dialect: trustyai-python } } }
models: { jukebox: { drift: { detectors: [{ metric: comparemeans, features: [tempo], threshold: 0.05 }] } } }
`;
  const { problems } = loadWorkspace(writeTree({ 'course.yaml': overlay }));
  expect(problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toContain(
    'CONFIG_THRESHOLD_MEANING',
  );
});

test('D3: a metric that no version of the service publishes raises an alert of its own, and no run', () => {
  const text = textOf(rules);
  expect(text).toMatch(/"alert":"ModelMetricMissing"[^}]*\}?.*?"expr":"absent\(/);
  expect(text).toMatch(/"alert":"ModelMetricMissing".*?"driftloop_action":"notify"/);
});

test('D5: a resolved alert starts no run', () => {
  expect(textOf(routes)).not.toContain('"sendResolved":true');
  expect(textOf(routes)).toContain('"sendResolved":false');
  for (const trigger of ofAlerts) expect(textOf([trigger])).toContain("body.status == 'firing'");
});

test('D6: another alert of the namespace starts no run', () => {
  for (const route of routes) {
    expect(textOf([route])).toContain('"name":"driftloop_action","value":"retrain"');
    expect(textOf([route])).toContain('"name":"alertname","value":"ModelRetrain"');
  }
});

test('D7: names of models are read from labels, and never cut at a hyphen', () => {
  expect(textOf(triggers)).not.toContain('split(');
  for (const trigger of ofAlerts)
    expect(textOf([trigger])).toContain("body.groupLabels['driftloop_model'] == 'jukebox'");
});

test('D8: two alerts are never one group without a common name', () => {
  for (const route of routes)
    expect(textOf([route])).toContain(
      '"groupBy":["alertname","namespace","driftloop_model","driftloop_environment"]',
    );
});

test('D9: a repeated alert asks for the run that was there already, and admission comes first', () => {
  for (const trigger of ofAlerts)
    expect(textOf([trigger])).toMatch(
      /"name":"jukebox-(test|prod)-\$\(tt\.params\.fingerprint\)-\$\(tt\.params\.startedAt\)"/,
    );
  const [pipeline] = ofKind(objects, 'Pipeline');
  expect(textOf(pipeline === undefined ? [] : [pipeline])).toMatch(/"tasks":\[\{"name":"admit"/);
  expect(textOf(routes)).toContain('"repeatInterval":"4h"');
});

test('D11: a run knows the environment whose alert started it', () => {
  expect(ofAlerts.map(({ metadata }) => metadata.name).sort()).toEqual(['jukebox.prod', 'jukebox.test']);
  for (const trigger of ofAlerts) {
    const environment = trigger.metadata.name.split('.')[1] ?? '';
    expect(textOf([trigger])).toContain(`{"name":"environment","value":"${environment}"}`);
  }
});

test('D12: a push and an alert start the same Pipeline, with all of its checks', () => {
  const started = triggers.map((trigger) => /"pipelineRef":\{"name":"([^"]+)"/.exec(textOf([trigger]))?.[1]);
  expect([...new Set(started)]).toEqual(['retrain-jukebox']);
  const text = textOf(ofKind(objects, 'Pipeline'));
  for (const check of ['check-unit-tests', 'check-linting', 'check-static-code-analysis'])
    expect(text).toContain(`"name":"${check}"`);
});

test('D13: production is watched like every other environment', () => {
  // That a run failed is told once, where runs release to, whatever environment started them.
  const aboutRuns = (rule: unknown) => JSON.stringify(rule).startsWith('{"alert":"ModelRunFailed"');
  const withoutRuns = (_: string, value: unknown): unknown =>
    Array.isArray(value) ? value.filter((rule) => !aboutRuns(rule)) : value;
  const plain = (namespace: string) =>
    JSON.stringify(inNamespace(rules, namespace), withoutRuns).replaceAll(/\b(test|prod)\b/g, 'E');
  expect(textOf(inNamespace(rules, 'user1-test'))).toContain('ModelRunFailed');
  expect(plain('user1-prod')).toBe(plain('user1-test'));
  expect(inNamespace(ofKind(objects, 'TrustyAIService'), 'user1-prod')).toHaveLength(1);
});

test("D14: a feature of another model's does not count", () => {
  expect(textOf(rules)).toContain('model=\\"jukebox\\",subcategory=\\"danceability\\"');
});

test('D14b: an alert has a summary, a description, its model, and a severity that fits', () => {
  const text = textOf(rules);
  expect(text).toContain('"summary":"Model jukebox in test is retrained."');
  expect(text).toContain('"description":');
  expect(text).not.toContain('"severity":"critical"');
});

test('D14c: alerts stay inside the cluster', () => {
  expect(textOf(routes)).toMatch(/"url":"https?:\/\/el-driftloop\.user1-toolings\.svc\.cluster\.local:/);
  expect(objects.filter(({ kind }) => ['Route', 'Ingress', 'HTTPRoute'].includes(kind))).toEqual([]);
});

test('D14d: a run says what started it', () => {
  for (const trigger of triggers) {
    expect(textOf([trigger])).toMatch(/"driftloop\.dev\/started-by":"(alert|push)"/);
    expect(textOf([trigger])).not.toContain('generateName');
  }
});

test("D33: without a token or a signature nothing starts, and the repository is not the sender's to choose", () => {
  for (const trigger of triggers)
    expect(textOf([trigger])).toMatch(/compareSecret|"secretName":"gitea-webhook"/);
  expect(textOf(triggers)).not.toContain('clone_url');
  expect(textOf(ofKind(objects, 'Pipeline'))).toContain(
    '"value":"https://git.example.com/user1/jukebox.git"',
  );
});

test('D52, D53: a listener has what is there, and every Trigger has one listener', () => {
  const listeners = ofKind(objects, 'EventListener').map(({ metadata }) => metadata.name);
  expect(textOf(ofKind(objects, 'EventListener'))).not.toContain('triggerRef');
  for (const { metadata } of triggers)
    expect(listeners).toContain(metadata.labels?.['driftloop.dev/listener']);
});

test('D55, D67: only a push to the branch itself counts', () => {
  const pushes = triggers.filter(({ metadata }) => metadata.name.includes('.event.'));
  expect(textOf(pushes)).toContain("body.ref == 'refs/heads/main'");
});
