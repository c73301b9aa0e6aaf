import { readFileSync } from 'node:fs';
import { listSelectors } from '../../config/values/promql.js';
import { loadTree, places, removeTrees } from '../config/dialects/course/course-tree.js';
import { stages } from '../config/dialects/course/stages.js';
import { contains, listBlocks } from '../docs/document.js';
import { ofKind, renderCourse, textOf } from './course-objects.js';

/** What people see of a model, and what counts its Pods, D4, D47, D64, D86 and D92 of the course. */
const objects = renderCourse();
const everything = textOf(objects);

afterAll(removeTrees);

test('D4: the page about the course shows the rule that is rendered', () => {
  const rendered = 'examples/course/rendered/environments/prod/song-ranker/drift-alerts.k8s.yaml';
  const shown = listBlocks('docs/how-to/migrate-from-the-course.md').filter(({ text }) =>
    text.startsWith('# rendered/environments/prod/song-ranker/drift-alerts.k8s.yaml\n'),
  );
  expect(shown).toHaveLength(1);
  const excerpt = shown[0]?.text.split('\n').slice(1).join('\n') ?? '';
  expect(excerpt).toContain('trustyai_meanshift');
  expect(excerpt).toContain('for: 10m');
  expect(contains(readFileSync(rendered, 'utf8'), excerpt)).toBe(true);
});

/** `course.yaml` that lets the dashboards ask a Prometheus of OpenShift. */
const overlay = `platform:
  dashboards:
    delivery: operator
    prometheus:
      url: https://thanos-querier.openshift-monitoring.svc.cluster.local:9092
      tokenSecret: { name: prometheus-reader, key: token }
`;

test('D47: nobody sees the metrics of another tenant, and nobody is made an administrator', () => {
  const watched = renderCourse({ 'course.yaml': overlay });
  const sources = ofKind(watched, 'GrafanaDatasource');
  expect(sources.map(({ metadata }) => metadata.namespace).sort()).toEqual(['user1-prod', 'user1-test']);
  for (const source of sources)
    expect(textOf([source])).toContain(
      `"customQueryParameters":"namespace=${source.metadata.namespace ?? ''}"`,
    );
  expect(textOf(watched)).not.toMatch(/cluster-monitoring-view|auto_assign_org_role|auth\.anonymous/);
});

test('D64: a query is never that of another model, and `keda` without one is said', () => {
  const path = 'model-deployments/test/jukebox/config.yaml';
  const text = stages.serving?.[path]?.replace('autoscaling: true', 'keda: true');
  const { problems } = loadTree({ ...stages.serving, [path]: text });
  expect(places(problems)).toContain(`COURSE_NOT_RENDERED ${path}:7:1`);
  const scaling = `models:
  jukebox:
    serving:
      autoscaling:
        max: 3
        metric: prometheus
        target: 2
        prometheus: { server: 'http://prometheus:9090', query: 'sum(ovms_requests{name="jukebox"})' }
`;
  const scaled = renderCourse({ ...stages.serving, 'course.yaml': scaling });
  expect(textOf(ofKind(scaled, 'InferenceService'))).toContain(
    'sum(ovms_requests{name=\\"jukebox\\",namespace=\\"user1-test\\"})',
  );
  expect(scaled.map(({ kind }) => kind)).not.toContain('TriggerAuthentication');
  expect(textOf(scaled)).not.toContain('inference-prometheus-auth');
});

test('D86: a dashboard finds its data source, and never mixes the environments', () => {
  const dashboards = ofKind(objects, 'GrafanaDashboard');
  expect(dashboards).toHaveLength(4);
  for (const { spec, metadata } of dashboards) {
    const json = (spec as { readonly json: string }).json;
    const uids = [...json.matchAll(/"uid": ?"([^"]+)"/g)].map(([, uid = '']) => uid);
    expect(uids.filter((uid) => !/^\$\{datasource\}$|^user1_/.test(uid))).toEqual([]);
    const expressions = [...json.matchAll(/"expr": ?("(?:[^"\\]|\\.)*")/g)].map(([, text = '""']) =>
      String(JSON.parse(text)),
    );
    expect(expressions.length).toBeGreaterThan(0);
    const namespaces = expressions.flatMap((each) =>
      listSelectors(each).map(
        ({ matchers }) => matchers.find(({ label }) => label.endsWith('namespace'))?.value,
      ),
    );
    expect([...new Set(namespaces)].filter((name) => name !== 'user1-toolings')).toEqual([
      metadata.namespace,
    ]);
  }
  expect(everything).not.toContain('petbattleworld');
});

test("the course's Grafana, which stays, is the one that shows the dashboards", () => {
  for (const object of ofKind(objects, 'GrafanaDashboard', 'GrafanaFolder'))
    expect(object.spec).toMatchObject({
      instanceSelector: { matchLabels: { dashboards: 'grafana' } },
      allowCrossNamespaceImport: true,
    });
  const [warning] = loadTree(stages.final).problems.filter(
    ({ position }) => position?.file === 'toolings/grafana/config.yaml',
  );
  expect(warning).toMatchObject({ code: 'COURSE_NOT_RENDERED', severity: 'warning' });
});

test("D92: TrustyAI is read by its operator's ServiceMonitor alone, and its pace is a value", () => {
  expect(objects.filter(({ kind }) => /^(Service|Pod)Monitor$/.test(kind))).toEqual([]);
  const paced = renderCourse({
    'course.yaml': "platform: { monitors: { trustyai: { service: { schedule: '45s' } } } }\n",
  });
  for (const service of ofKind(paced, 'TrustyAIService'))
    expect(textOf([service])).toContain('"schedule":"45s"');
});
