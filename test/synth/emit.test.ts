import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import { emitManifests, emitObject, generatedHeader } from '../../synth/emit.js';

/** Texts that some YAML reader takes for something else. */
const hostileTexts = [
  ...[
    '',
    '=',
    '<<',
    'y',
    'N',
    'on',
    'Off',
    'yes',
    'NO',
    'true',
    'Null',
    '~',
    '.inf',
    '-.INF',
    '.nan',
    '.',
    '-',
    '?',
  ],
  ...[
    '0',
    '-0',
    '014',
    '0o14',
    '0b1',
    '0x1F',
    '1_000',
    '.5',
    '1.',
    '1e3',
    '12e03',
    '+1',
    '1:30',
    '190:20:30.15',
  ],
  ...['2024-01-01', '2024-01-01T00:00:00Z', '2001-12-14 21:59:43.10 -5', '685_230.15', '---', '...', '--- a'],
  ...[
    '# a',
    'a # b',
    'a: b',
    'a:',
    '- a',
    '!a',
    '&a',
    '*a',
    '%a',
    '@a',
    '`a',
    '{a',
    '[a',
    '|',
    '>',
    "'",
    '"',
    '\\',
  ],
  ...[
    ' a',
    'a ',
    '\ta',
    'a\t',
    'a\tb',
    '\n',
    'a\n',
    '\na',
    'a\n\n',
    ' \n a',
    'a \nb',
    'a\n b\n\tc',
    'a\r\nb',
    '\r',
  ],
  ...[
    '\u0000',
    '\u0007',
    '\u007f',
    '\u0085',
    'a\u0085b',
    '\u00a0',
    '\u2028',
    'a\u2029b',
    '\ufeff',
    '\ufeffa',
    '\uffff',
  ],
  ...['😀', 'a\n😀\n', '$(params.x)', '{{ $value }}', 'x'.repeat(200) + ' ' + 'y'.repeat(200)],
];

const text = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('a', '0', '1', ':', '_', '.', '-', '+', 'e', 'x', ' ', '\n', '\t', '#', '=', '"'),
  }),
);

const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('list'), tie('map')),
  leaf: fc.oneof(
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
    fc.constantFrom(1e21, 1e-7, -1.5e300, 0.1),
    fc.boolean(),
    fc.constant(null),
  ),
  list: fc.array(tie('any'), { maxLength: 4 }),
  map: fc.dictionary(text, tie('any'), { maxKeys: 4, noNullPrototype: true }),
})).any;

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
