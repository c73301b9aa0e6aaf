import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import { emitManifests, emitObject, generatedHeader } from '../../synth/emit.js';
import { hostileTexts, text, value } from './support/documents.js';

const readers = [
  { version: '1.1', merge: false },
  { version: '1.2' },
  { version: '1.2', schema: 'json' },
] as const;

describe('the emitter', () => {
  it.each(hostileTexts)('writes %j so that every reader gets it back, as value and as key', (hostile) => {
    const object = { [hostile]: hostile, list: [hostile, { [hostile]: [hostile] }] };
    for (const options of [readers[0], readers[1]])
      expect(parse(emitObject(object), options)).toEqual(object);
  });

  it('writes any object so that readers of YAML 1.1 and 1.2 get it back', () => {
    fc.assert(
      fc.property(fc.dictionary(text, value, { noNullPrototype: true }), (object) => {
        for (const options of [readers[0], readers[1]]) {
          expect(parse(emitObject(object), options)).toEqual(object);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('writes the same bytes whatever the order of the keys', () => {
    const one = emitObject({ kind: 'A', spec: { b: 1, a: [{ d: 1, c: 2 }] }, apiVersion: 'v1' });
    const other = emitObject({ apiVersion: 'v1', spec: { a: [{ c: 2, d: 1 }], b: 1 }, kind: 'A' });
    expect(other).toBe(one);
    expect(one).toBe('apiVersion: v1\nkind: A\nspec:\n  a:\n    - c: 2\n      d: 1\n  b: 1\n');
  });

  it('never folds a line', () => {
    const long = Array.from({ length: 100 }, (_, index) => `word${index}`).join(' ');
    expect(emitObject({ long, quoted: `${long}: ` }).split('\n')).toHaveLength(3);
  });

  it('keeps several lines readable as a block', () => {
    expect(emitObject({ script: 'first\nsecond\n' })).toBe('script: |\n  first\n  second\n');
  });

  it('never writes an anchor, however often a value is used', () => {
    const shared = { a: ['b'] };
    expect(emitObject({ one: shared, two: shared })).not.toMatch(/[&*]/);
  });

  it('quotes the operator of an Alertmanager matcher', () => {
    expect(emitObject({ matchType: '=' })).toBe('matchType: "="\n');
  });

  it('leaves out what is undefined and refuses what is no number', () => {
    expect(emitObject({ a: undefined, b: 1 })).toBe('b: 1\n');
    expect(() => emitObject({ a: Number.NaN })).toThrow('NaN');
  });

  it('puts a header on top and a separator between objects', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    const stream = emitManifests([object, { ...object, metadata: { name: 'b' } }]);
    expect(stream.startsWith(generatedHeader)).toBe(true);
    expect(parseAllDocuments(stream).map((document) => document.getIn(['metadata', 'name']))).toEqual([
      'a',
      'b',
    ]);
  });
});
