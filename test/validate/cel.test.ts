import { validateCel } from '../../validate/cel.js';
import { goodManifests, names, manyManifests, mutate } from './good-manifests.js';
import { codesOf, summarize } from './problems.js';

const filter = 'spec.interceptors[0].params[0].value';
const { trigger } = names;

describe('CEL of Triggers', () => {
  test('what the charts render is fine', () => {
    expect(validateCel(goodManifests)).toEqual([]);
    expect(validateCel(manyManifests)).toEqual([]);
  });

  test.each<[string, string | undefined]>([
    ["body.status = 'firing'", 'Unexpected character: =, at "= \'firing\'"'],
    ["body.status == 'firing", 'Unterminated'],
    ["boby.status == 'firing'", 'boby'],
    ["body.status.startWith('f')", 'startWith'],
    ["'firing'", 'a filter must be true or false, this is of type string'],
    ["size(body.alerts) == 'one'", 'no such overload'],
    ['', undefined],
  ])('the filter %s', (text, reason) => {
    const problems = validateCel(mutate('Trigger', trigger, { [filter]: text }));
    if (reason === undefined) {
      expect(problems).toEqual([]);
      return;
    }
    expect(codesOf(problems)).toEqual(['CEL_EXPRESSION']);
    expect(problems[0]?.message).toContain(reason);
    expect(problems[0]?.path).toBe('spec.interceptors[0].filter');
    expect(problems[0]?.object).toBe(`toolings Trigger mlops-toolings/${trigger}`);
  });

  test('an overlay that cannot be parsed is found where it stands', () => {
    const problems = validateCel(
      mutate('Trigger', trigger, { 'spec.interceptors[0].params[1].value[1].expression': 'body.alerts[' }),
    );
    expect(problems.map(({ path }) => path)).toEqual(['spec.interceptors[0].params[1].value[1]']);
  });

  test('a binding that takes an overlay nobody makes', () => {
    const problems = validateCel(
      mutate('Trigger', trigger, { 'spec.bindings[0].value': 'x-$(extensions.fingerprnt)' }),
    );
    expect(summarize(problems)).toEqual([
      'CEL_EXTENSION spec.bindings: binding "fingerprint" takes $(extensions.fingerprnt), but no overlay is called "fingerprnt".',
    ]);
    expect(problems[0]?.hint).toBe('Overlays: fingerprint, startedAt.');
  });

  test("somebody else's interceptor may add what it likes", () => {
    const problems = validateCel(
      mutate('Trigger', trigger, {
        'spec.interceptors[0].ref': { name: 'somebody-elses', kind: 'ClusterInterceptor' },
      }),
    );
    expect(problems).toEqual([]);
  });

  test('a Trigger without anything is not a crash', () => {
    const problems = validateCel(mutate('Trigger', trigger, { spec: null }));
    expect(problems).toEqual([]);
  });
});
