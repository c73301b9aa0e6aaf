import fc from 'fast-check';
import { structureCodes } from '../../problems/codes-structure.js';
import { Census } from '../../validate/census.js';
import { validateStructure } from '../../validate/structure.js';
import type { KubernetesObject } from '../../synth/manifest.js';
import { badCases, badObject, goodObject, goodObjects, manifestOf } from './structure-cases.js';

const check = (object: KubernetesObject) => validateStructure([manifestOf(object)]);

describe('an object as the controllers accept it', () => {
  it.each(goodObjects.map((object) => [object.kind, object]))('%s has no problem', (_kind, object) => {
    expect(check(object)).toEqual([]);
  });
});

describe('an object that is not as it should be', () => {
  it.each(badCases.map((bad) => [`${bad.name} (${bad.kind})`, bad] as const))(
    '%s is reported',
    (_name, bad) => {
      const problems = check(badObject(bad));
      expect(problems.map(({ code, path }) => ({ code, path }))).toEqual([
        { code: bad.problem, path: bad.at },
      ]);
      expect(problems[0]?.object).toContain(`toolings `);
      if (bad.hint !== undefined) expect(problems[0]?.hint).toContain(bad.hint);
    },
  );

  it('shows every code there is', () => {
    const shown = new Set([...badCases.map(({ problem }) => problem), 'STRUCTURE_DUPLICATE_OBJECT']);
    expect([...shown].sort()).toEqual(Object.keys(structureCodes).sort());
  });

  it('gets all its problems at once', () => {
    const problems = check({
      ...goodObject('ConfigMap'),
      metadata: { name: 'A', labels: { a: 'b c' } },
      data: { count: 5 as unknown as string },
      extra: true,
    });
    expect(problems.map(({ code }) => code).sort()).toEqual([
      'STRUCTURE_INVALID_LABEL',
      'STRUCTURE_INVALID_NAME',
      'STRUCTURE_NAMESPACE_MISSING',
      'STRUCTURE_UNKNOWN_FIELD',
      'STRUCTURE_WRONG_TYPE',
    ]);
  });
});

describe('objects that are there twice', () => {
  const object = goodObject('ConfigMap');

  it('are reported with both files', () => {
    const problems = new Census().add([manifestOf(object, 'a.k8s.yaml'), manifestOf(object, 'b.k8s.yaml')]);
    expect(problems.map(({ code }) => code)).toEqual(['STRUCTURE_DUPLICATE_OBJECT']);
    expect(problems[0]?.message).toBe('ConfigMap tools/settings of b.k8s.yaml is in a.k8s.yaml already.');
  });

  it('are not confused with objects of another namespace or kind', () => {
    const other = { ...object, metadata: { ...object.metadata, namespace: 'other' } };
    const account = { ...goodObject('ServiceAccount'), metadata: object.metadata };
    expect(new Census().add([object, other, account].map((each) => manifestOf(each)))).toEqual([]);
  });
});

describe('items of a list', () => {
  it('are told apart by the whole of a long name', () => {
    const service = goodObject('Service');
    const ports = ['a', 'b'].map((end, index) => ({ name: `${'x'.repeat(62)}${end}`, port: 80 + index }));
    const listener = goodObject('TriggerBinding');
    const params = ports.map(({ name }) => ({ name, value: 'x' }));
    const bound = { ...listener, spec: { params } };
    expect(validateStructure([manifestOf(bound)])).toEqual([]);
    expect(
      validateStructure([manifestOf({ ...service, spec: { ports: [ports[0], ports[0]] } })]),
    ).toHaveLength(1);
  });
});

describe('text that only an event brings', () => {
  const template = (timeout: string) => {
    const object = structuredClone(goodObject('TriggerTemplate')) as unknown as {
      spec: { resourcetemplates: [{ spec: { timeouts: unknown; taskRunTemplate?: unknown } }] };
    };
    const [run] = object.spec.resourcetemplates;
    run.spec.taskRunTemplate = {
      podTemplate: { volumes: [{ name: 'a', emptyDir: { sizeLimit: timeout } }] },
    };
    return object as unknown as KubernetesObject;
  };

  it('may stand where a pattern would refuse the placeholder', () => {
    expect(check(template('$(tt.params.fingerprint)'))).toEqual([]);
  });

  it('does not excuse other text', () => {
    expect(check(template('much')).map(({ code }) => code)).toEqual(['STRUCTURE_INVALID_VALUE']);
  });
});

describe('the walk', () => {
  it('finds a stray field wherever it is put', () => {
    const places = goodObjects.flatMap((object) => placesOf(object).map((place) => [object, place] as const));
    fc.assert(
      fc.property(fc.constantFrom(...places), ([object, place]) => {
        const copy = structuredClone(object);
        const target = place.reduce<unknown>(
          (current, key) => (current as Record<string, unknown>)[key],
          copy,
        );
        (target as Record<string, unknown>).strayField = { anything: 1 };
        return check(copy).some(
          ({ path, code }) => code !== 'STRUCTURE_UNKNOWN_KIND' && path?.includes('strayField'),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('finds a null wherever it is put', () => {
    fc.assert(
      fc.property(fc.constantFrom(...goodObjects), fc.nat(), (object, seed) => {
        const copy = structuredClone(object);
        const places = placesOf(copy).slice(1);
        const place = places[seed % places.length] ?? ['metadata'];
        const target = place.reduce<unknown>(
          (current, key) => (current as Record<string, unknown>)[key],
          copy,
        );
        const keys = Object.keys(target as object);
        if (keys.length === 0) return true;
        (target as Record<string, unknown>)[keys[seed % keys.length] ?? ''] = null;
        return check(copy).length > 0;
      }),
      { numRuns: 400 },
    );
  });

  it('reports and never throws, whatever stands in a spec', () => {
    fc.assert(
      fc.property(fc.constantFrom(...goodObjects), fc.jsonValue(), (object, spec) => {
        const key =
          Object.keys(object).find((each) => !['apiVersion', 'kind', 'metadata'].includes(each)) ?? 'spec';
        expect(Array.isArray(check({ ...object, [key]: spec }))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is not fooled by names of JavaScript itself', () => {
    const object = JSON.parse(
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"b"},"__proto__":{},"constructor":1,"toString":2}',
    ) as KubernetesObject;
    expect(check(object).map(({ path }) => path)).toEqual(['__proto__', 'constructor', 'toString']);
  });

  it('takes time in proportion to the number of items', () => {
    const rules = (count: number) => ({
      ...goodObject('PrometheusRule'),
      spec: {
        groups: Array.from({ length: count }, (_, index) => ({
          name: `group-${index}`,
          rules: [{ record: 'a', expr: 'up', labels: { index: `${index}` } }],
        })),
      },
    });
    const time = (count: number) => {
      const object = rules(count);
      const start = performance.now();
      expect(check(object)).toEqual([]);
      return performance.now() - start;
    };
    time(2000);
    expect(time(20_000)).toBeLessThan(40 * Math.max(time(2000), 1));
  });
});

/** Paths of all objects within one whose fields a schema lists. */
function placesOf(
  value: unknown,
  path: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] {
  const last = path.at(-1);
  if (typeof last === 'string' && openMaps.includes(last)) return [];
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => placesOf(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, item]) => placesOf(item, [...path, key]));
  return [path, ...inner];
}

/** Fields whose keys are the user's own, and interceptor parameters, which may hold anything. */
const openMaps = ['labels', 'annotations', 'matchLabels', 'selector', 'data', 'requests', 'limits', 'value'];
