import fc from 'fast-check';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { isFields } from '../../../validate/fields.js';
import { checkEmbedded } from '../../../validate/structure/object.js';
import { isCertainlyValid } from '../../../validate/structure/quick-check.js';
import { findKind, listKinds } from '../../../validate/structure/schema.js';
import type { Schema } from '../../../validate/structure/schema.js';
import { checkValue } from '../../../validate/structure/walk.js';
import { badCases, badObject, goodObjects } from '../structure-cases.js';
import { valueOf } from './schema-values.js';

/** `npm run bench -- --fuzz 100000` sets it. */
const values = Number(process.env.DRIFTLOOP_FUZZ_DOCUMENTS ?? 3000);

interface Answers {
  readonly quick: boolean;
  readonly reported: number;
}

/** Both answers to an object; undefined: there is no schema for it. */
function ask(object: KubernetesObject): Answers | undefined {
  const found = findKind(object.apiVersion, object.kind);
  return found === undefined ? undefined : askOf(object, found.schema, false);
}

function askOf(value: unknown, schema: Schema, templated: boolean): Answers {
  let reported = 0;
  const context = { templated, report: () => void (reported += 1) };
  checkValue(value, schema, '', context, checkEmbedded);
  return { quick: isCertainlyValid(value, schema, templated), reported };
}

interface Damage {
  /** Which of all places in the object. */
  readonly place: number;
  readonly value: unknown;
}

/** Puts another value into some place of an object. */
function damaged(object: KubernetesObject, { place, value }: Damage): KubernetesObject {
  const copy = structuredClone(object);
  const places: (() => void)[] = [];
  const visit = (inner: unknown): void => {
    if (Array.isArray(inner)) {
      for (const [index, item] of inner.entries()) {
        places.push(() => (inner[index] = value));
        visit(item);
      }
    } else if (isFields(inner)) {
      const fields = inner as Record<string, unknown>;
      places.push(() => (fields.unknown = value));
      for (const key of Object.keys(inner)) {
        if (inner === copy && (key === 'apiVersion' || key === 'kind')) continue;
        places.push(() => (fields[key] = value));
        visit(inner[key]);
      }
    }
  };
  visit(copy);
  places[place % places.length]?.();
  return copy;
}

describe('the quick check', () => {
  it.each(goodObjects.map((object) => [object.kind, object]))('finds %s in order', (_kind, object) => {
    expect(ask(object)?.quick).toBe(true);
  });

  it.each(badCases.map((bad) => [`${bad.name} (${bad.kind})`, bad] as const))(
    'lets %s not pass',
    (_name, bad) => {
      const answers = ask(badObject(bad));
      if (answers !== undefined && answers.reported > 0) expect(answers.quick).toBe(false);
    },
  );

  it('never lets pass what the walk reports, whatever stands in a field', () => {
    const value = fc.oneof(
      fc.constantFrom(
        null,
        undefined,
        '',
        'x',
        'A b',
        '$(tt.params.a)',
        '5m',
        0,
        -1,
        1.5,
        2 ** 40,
        true,
        [],
        {},
      ),
      fc.constantFrom<unknown>([null], ['a', 'a'], { a: null }, { 'a b': 'c' }, [
        { name: 'a' },
        { name: 'a' },
      ]),
    );
    const damage = fc.record({ place: fc.nat(), value });
    fc.assert(
      fc.property(fc.constantFrom(...goodObjects), fc.array(damage, { maxLength: 2 }), (object, damages) => {
        const answers = ask(damages.reduce(damaged, object));
        expect(answers?.quick === true && answers.reported > 0).toBe(false);
      }),
      { numRuns: values },
    );
  });

  let accepted = 0;

  it.each(listKinds())('agrees with the walk on whatever a %s may hold', (name) => {
    const separator = name.lastIndexOf('/');
    const schema = findKind(name.slice(0, separator), name.slice(separator + 1))?.schema ?? {};
    fc.assert(
      fc.property(valueOf(schema), fc.boolean(), (value, templated) => {
        const { quick, reported } = askOf(value, schema, templated);
        accepted += Number(quick);
        expect(quick).toBe(reported === 0);
      }),
      { numRuns: Math.ceil(values / listKinds().length) },
    );
  });

  it('was asked about enough that is in order, and about enough that is not', () => {
    expect(accepted).toBeGreaterThan(values / 2);
    expect(accepted).toBeLessThan(values * 0.9);
  });
});
