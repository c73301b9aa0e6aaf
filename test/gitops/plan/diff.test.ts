import { diffFields } from '../../../gitops/plan/field-diff.js';
import { diffPlan } from '../../../gitops/plan/diff.js';
import { reportAsText } from '../../../gitops/report/text.js';
import { compareObjects } from '../../../gitops/plan/object-changes.js';
import type { DeliveryPlan } from '../../../gitops/plan/plan.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { formatField } from '../report/report-fixture.js';
import { object } from '../support/units.js';

function fields(before: Record<string, unknown>, after: Record<string, unknown>): readonly string[] {
  return diffFields(object('x', before), object('x', after)).map(formatField);
}

function planOf(before: readonly KubernetesObject[], after: readonly KubernetesObject[]): DeliveryPlan {
  const objects = compareObjects(before, after);
  const unit = { name: 'test/jukebox', environment: 'test', model: 'jukebox', files: [], objects };
  return { units: [unit], ownership: new Map(), ownershipChanged: true };
}

describe('the difference of two objects, field by field', () => {
  test('a rule is found by its name, wherever it stands', () => {
    const rules = (expr: string) => ({
      spec: {
        groups: [
          {
            name: 'drift',
            rules: [
              { record: 'a', expr: '1' },
              { alert: 'ModelRetrain', expr },
            ],
          },
        ],
      },
    });
    expect(fields(rules('a'), rules('b'))).toEqual(['spec.groups[0].rules[1].expr: a → b']);
  });

  test('recording rules of one name are told apart by their labels', () => {
    const rule = (detector: string, expr: string) => ({
      record: 'driftloop:detector:value',
      labels: { detector },
      expr,
    });
    const before = { spec: { rules: [rule('x', '1'), rule('y', '2')] } };
    const after = { spec: { rules: [rule('w', '0'), rule('x', '1'), rule('y', '3')] } };
    expect(fields(before, after)).toEqual([
      [
        'spec.rules[0]: added',
        '+ record: driftloop:detector:value',
        '+ labels:',
        '+   detector: w',
        '+ expr: "0"',
      ].join('\n'),
      'spec.rules[2].expr: "2" → "3"',
    ]);
  });

  test('rules in another order are a change, because rules are evaluated in order', () => {
    const rules = (...names: string[]) => ({ spec: { rules: names.map((record) => ({ record })) } });
    expect(fields(rules('a', 'b'), rules('b', 'a'))).toHaveLength(1);
  });

  test('inserting into a list of plain values shows only what is inserted', () => {
    expect(fields({ args: ['a', 'b', 'c'] }, { args: ['a', 'x', 'b', 'c'] })).toEqual(['args[1]: added x']);
    expect(fields({ args: ['a', 'b', 'c'] }, { args: ['a', 'c'] })).toEqual(['args[1]: removed b']);
    expect(fields({ args: ['a', 'b'] }, { args: ['a', 'c'] })).toEqual(['args[1]: b → c']);
  });

  test('the order of fields is no difference, and an absent field is not a null one', () => {
    expect(fields({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([]);
    expect(fields({ a: undefined }, {})).toEqual([]);
    expect(fields({ a: null }, {})).toEqual(['a: removed null']);
  });

  test('odd keys and values stay readable and unambiguous', () => {
    expect(fields({ data: { 'a.b/c': '' } }, { data: { 'a.b/c': ' x' } })).toEqual([
      'data["a.b/c"]: "" → " x"',
    ]);
    expect(fields({ replicas: 1 }, { replicas: '1' })).toEqual(['replicas: 1 → "1"']);
  });
});

describe('Secrets', () => {
  const secret = (password: string): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 's',
      namespace: 'n',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': password },
    },
    stringData: { password },
  });

  test('show that they change and never what they hold', () => {
    const diff = diffPlan(planOf([secret('hunter2')], [secret('correct horse')]));
    const shown = JSON.stringify(diff) + reportAsText(diff);
    expect(diff.summary.changed).toBe(1);
    expect(shown).not.toContain('hunter2');
    expect(shown).not.toContain('correct horse');
  });
});

test('the text names units and objects and counts them', () => {
  const diff = diffPlan(
    planOf(
      [object('a', { data: { x: 'low' } }), object('gone')],
      [object('a', { data: { x: '10m' } }), object('b', { kind: 'Job' })],
    ),
  );
  expect(reportAsText(diff)).toBe(
    [
      'test/jukebox',
      '  ~ ConfigMap mlops-test/a',
      '      data.x: low → 10m',
      '  - ConfigMap mlops-test/gone',
      '      Argo CD prunes it',
      '  + Job mlops-test/b',
      '',
      '1 created, 1 changed, 1 deleted',
      '',
    ].join('\n'),
  );
});

test('nothing to tell is an empty text', () => {
  expect(reportAsText(diffPlan({ units: [], ownership: new Map(), ownershipChanged: false }))).toBe('');
});

test('two thousand objects under new names are paired in good time', () => {
  const many = (prefix: string) =>
    Array.from({ length: 1000 }, (_, index) =>
      object(`${prefix}${index}`, { data: { index: String(index), same: 'x' } }),
    );
  const changes = compareObjects(many('old-'), many('new-'));
  expect(changes.every(({ action }) => action === 'renamed')).toBe(true);
});
