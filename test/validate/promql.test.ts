import type { Problem } from '../../problems/problem.js';
import type { KubernetesObject, Manifest } from '../../synth/manifest.js';
import { keepsLabel } from '../../validate/prometheus/kept-labels.js';
import { validatePromql } from '../../validate/promql.js';
import { validateTemplates } from '../../validate/templates.js';
import { everyKind, jukebox, renderAlerts } from '../charts/alert-fixture.js';

function manifestOf(object: KubernetesObject): Manifest {
  const unit = {
    name: 'test/jukebox',
    directory: 'environments/test/jukebox',
    environment: 'test',
    model: 'jukebox',
  };
  return { unit, file: `${unit.directory}/drift-alerts.k8s.yaml`, object };
}

/** A PrometheusRule of namespace `mlops-test` with these rules. */
function rulesOf(...rules: readonly object[]): readonly Manifest[] {
  return [
    manifestOf({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'jukebox', namespace: 'mlops-test' },
      spec: { groups: [{ name: 'a', rules }] },
    }),
  ];
}

const labels = { namespace: 'mlops-test' };

function alertOf(fields: object): readonly Manifest[] {
  return rulesOf({ alert: 'A', expr: 'up == 0', labels, ...fields });
}

function brief(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ code, path, message }) => `${code} ${path ?? ''} ${message}`);
}

test.each([
  ['jukebox', jukebox],
  ['every kind of detector', everyKind],
])('what is rendered for %s has no problems', (_, context) => {
  const manifests = [manifestOf(renderAlerts(context))];
  expect([...validatePromql(manifests), ...validateTemplates(manifests)]).toEqual([]);
});

describe('validatePromql', () => {
  test('tells where an expression is wrong and in which object, all of them at once', () => {
    const [first, second, ...others] = validatePromql(
      rulesOf({ record: 'a', expr: 'rate(up)' }, { alert: 'B', expr: 'sum(up', labels }),
    );
    expect(first).toEqual({
      code: 'PROMQL_EXPRESSION',
      severity: 'error',
      path: 'spec.groups[0].rules[0].expr',
      message:
        'recording rule a: expected type matrix in call to function "rate", got vector, at "rate(up)".',
      hint: 'The Prometheus operator would drop the whole object.',
      object: 'test/jukebox PrometheusRule mlops-test/jukebox',
    });
    expect(second?.message).toContain('alert B: the expression ends too early');
    expect(others).toEqual([]);
  });

  test('a rule without an expression is a problem, not a crash', () => {
    expect(
      validatePromql(rulesOf({ record: 'a' }, {}, { record: 'b', expr: 7 })).map(({ code }) => code),
    ).toEqual(['PROMQL_EXPRESSION', 'PROMQL_EXPRESSION', 'PROMQL_EXPRESSION']);
  });

  test('a range or a text is no result of a rule', () => {
    expect(
      validatePromql(rulesOf({ record: 'a', expr: 'up[5m]' }, { record: 'b', expr: '"x"' })),
    ).toMatchObject([{ code: 'PROMQL_RESULT' }, { code: 'PROMQL_RESULT' }]);
    expect(validatePromql(rulesOf({ record: 'a', expr: '1' }))).toEqual([]);
  });

  test('an alert on a series that nothing records would never fire', () => {
    const alert = { alert: 'A', expr: 'driftloop:detector:state == 1', labels };
    expect(validatePromql(rulesOf(alert))).toMatchObject([{ code: 'PROMQL_RECORD_UNKNOWN' }]);
    expect(validatePromql(rulesOf({ record: 'driftloop:detector:state', expr: 'up' }, alert))).toEqual([]);
    const elsewhere = rulesOf({ record: 'driftloop:detector:state', expr: 'up' });
    expect(validatePromql([...elsewhere, ...rulesOf(alert)])).toMatchObject([
      { code: 'PROMQL_RECORD_UNKNOWN' },
    ]);
  });

  test('an alert that loses its namespace, or has another one, would reach no route', () => {
    const check = (expr: string, given: object = {}) =>
      validatePromql(rulesOf({ alert: 'A', expr, labels: given })).map(({ code }) => code);
    expect(check('count(up == 0)')).toEqual(['ALERT_NAMESPACE']);
    expect(check('count by (job) (up == 0)')).toEqual(['ALERT_NAMESPACE']);
    expect(check('count by (namespace) (up == 0)')).toEqual([]);
    expect(check('count(up == 0)', { namespace: 'mlops-test' })).toEqual([]);
    expect(check('count by (namespace) (up == 0)', { namespace: 'mlops-prod' })).toEqual(['ALERT_NAMESPACE']);
  });

  test('a duration is one of Prometheus', () => {
    expect(brief(validatePromql(alertOf({ for: '90min', keep_firing_for: '1.5h' })))).toEqual([
      'RULE_DURATION spec.groups[0].rules[0].for alert A: "90min" is not a duration.',
      'RULE_DURATION spec.groups[0].rules[0].keep_firing_for alert A: "1.5h" is not a duration.',
    ]);
    expect(validatePromql(alertOf({ for: '1h30m', keep_firing_for: '0s' }))).toEqual([]);
  });
});

describe('keepsLabel', () => {
  test.each([
    ['up', true],
    ['rate(up[5m])', true],
    ['sum(up)', false],
    ['sum by (namespace) (up)', true],
    ['sum by (namespace) (sum(up))', false],
    ['sum without (namespace) (up)', false],
    ['sum without (pod) (up)', true],
    ['topk(3, up)', true],
    ['up and sum(up)', true],
    ['sum(up) and up', false],
    ['up or sum(up)', false],
    ['up / on (namespace) up', true],
    ['up / on (pod) up', false],
    ['up / ignoring (namespace) up', false],
    ['sum(up) * on () group_right () up', true],
    ['up * on (pod) group_left () up', true],
    ['up > 0.5', true],
    ['time() - up', true],
    ['1 - (2 * up)', true],
    ['vector(1)', false],
    ['scalar(up)', false],
    ['absent(up)', false],
    ['absent(up{namespace="a"})', true],
    ['absent(up{other_namespace="a"})', false],
    ['label_replace(up, "a", "b", "c", "d")', true],
    ['histogram_quantile(0.9, sum by (le) (rate(up[5m])))', false],
    ['-(up offset 5m)', true],
    ['max_over_time(up[5m:1m])', true],
    ['', false],
  ])('%j: %j', (expression, kept) => {
    expect(keepsLabel(expression, 'namespace')).toBe(kept);
  });
});

describe('validateTemplates', () => {
  const check = (description: string) =>
    validateTemplates(alertOf({ annotations: { description } })).map(({ code }) => code);

  test.each([
    'plain text, {single} } braces }',
    '{{ $value | humanize }} of {{ $labels.instance }}',
    '{{- /* a comment }} */ -}} {{ "{{" }}',
    '{{ range query `up == 0` | sortByLabel "job" }}{{ .Labels.job }}={{ .Value }}{{ else }}none{{ end }}',
    '{{ with $x := query "up{a=\\"b\\"}" | first }}{{ $x.Value }}{{ end }}',
    '{{ if gt $value 1.5 }}{{ printf "%.2f" $value }}{{ else if eq $value 0.0 }}0{{ end }}',
  ])('lets %j pass', (template) => {
    expect(check(template)).toEqual([]);
  });

  test.each([
    ['{{ $value', 'TEMPLATE_SYNTAX'],
    ['{{ "open }}', 'TEMPLATE_SYNTAX'],
    ['{{ range query "up" }}', 'TEMPLATE_SYNTAX'],
    ['{{ end }}', 'TEMPLATE_SYNTAX'],
    ['{{ else }}', 'TEMPLATE_SYNTAX'],
    ['{{ $value @ }}', 'TEMPLATE_SYNTAX'],
    ['{{ $value | toUpperCase }}', 'TEMPLATE_NAME'],
    ['{{ $label.job }}', 'TEMPLATE_NAME'],
    ['{{ range query `sum(up` }}{{ end }}', 'TEMPLATE_QUERY'],
  ])('refuses %j', (template, code) => {
    expect(check(template)).toEqual([code]);
  });

  test('a label that the expression drops is not there to be told', () => {
    const expr = 'sum by (namespace) (up) == 0';
    const check = (label: string) =>
      validateTemplates(alertOf({ expr, annotations: { summary: `{{ $labels.${label} }}` } }));
    expect(check('namespace')).toEqual([]);
    expect(check('pod')).toMatchObject([{ code: 'TEMPLATE_NAME' }]);
  });

  test.each(['{{ $value }}', '{{ .Value }}', '{{ query "up" | first | value }}'])(
    'a label never holds a value: %j',
    (template) => {
      const problems = validateTemplates(alertOf({ labels: { ...labels, height: template } }));
      expect(problems).toMatchObject([
        { code: 'TEMPLATE_LABEL_VALUE', path: 'spec.groups[0].rules[0].labels.height' },
      ]);
    },
  );

  test('recording rules have no templates', () => {
    expect(validateTemplates(rulesOf({ record: 'a', expr: 'up', labels: { a: '{{' } }))).toEqual([]);
  });
});
