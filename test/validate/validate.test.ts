import { readFileSync, readdirSync } from 'node:fs';
import type { KubernetesObject } from '../../synth/manifest.js';
import { validateCodes } from '../../problems/codes-validate.js';
import { hasErrors } from '../../problems/problem.js';
import { validateManifests } from '../../validate/validate.js';
import {
  exampleManifests,
  goodManifests,
  manyManifests,
  mutate,
  names,
  withObject,
} from './good-manifests.js';
import { summarize } from './problems.js';

describe('validation', () => {
  test('finds nothing in what the charts render', () => {
    expect(summarize(validateManifests(goodManifests))).toEqual([]);
    expect(summarize(validateManifests(manyManifests))).toEqual([]);
    expect(summarize(validateManifests(exampleManifests()))).toEqual([]);
  });

  test('finds everything at once, in the same order each time', () => {
    const broken = mutate(
      'Trigger',
      names.trigger,
      { 'spec.interceptors[0].params[0].value': 'body.status =', 'spec.bindings': [] },
      mutate('Task', 'driftloop-admit', { 'spec.steps[0].image': 'steps:latest' }),
    );
    const problems = validateManifests(broken);
    const codes = problems.map(({ code }) => code);
    for (const code of ['CEL_EXPRESSION', 'REFERENCE_TRIGGER', 'REFERENCE_ALERT_UNHEARD', 'SECURITY_IMAGE']) {
      expect(codes).toContain(code);
    }
    expect(hasErrors(problems)).toBe(true);
    expect(validateManifests(broken)).toEqual(problems);
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['nothing inside', {}],
    ['lists instead of objects', { spec: [], metadata: { name: 'x', namespace: 'mlops-test', labels: [] } }],
    ['null everywhere', { spec: null }],
    ['numbers everywhere', { spec: { tasks: 5, triggers: 5, steps: 5, rules: 5, groups: 5, template: 5 } }],
    [
      'nulls in lists',
      {
        spec: {
          tasks: [null],
          finally: [null],
          triggers: [null],
          steps: [null],
          groups: [null],
          bindings: [null],
        },
      },
    ],
  ])('objects with %s are problems, not crashes', (_title, fields) => {
    const kinds = new Map(manyManifests.map(({ object }) => [object.kind, object]));
    for (const { apiVersion, kind } of kinds.values()) {
      const metadata = { name: 'x', namespace: 'mlops-test' };
      const odd: KubernetesObject = { apiVersion, kind, metadata, ...fields };
      expect(() => validateManifests(withObject(odd))).not.toThrow();
    }
  });

  test('every code of this folder is in a test', () => {
    const texts = readdirSync('test/validate', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => readFileSync(`test/validate/${file}`, 'utf8'))
      .join('\n');
    expect(Object.keys(validateCodes).filter((code) => !texts.includes(code))).toEqual([]);
  });
});
