import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { emitPlain } from '../../../synth/emit/emit-plain.js';
import { emitWithLibrary } from '../../../synth/emit/emit-with-library.js';
import { hostileTexts, text, value } from '../support/documents.js';

/** `npm run bench -- --fuzz 100000` sets it. */
const documents = Number(process.env.DRIFTLOOP_FUZZ_DOCUMENTS ?? 2000);

/** Pieces of what charts render; put together, they try every rule of quoting. */
const piece = fc.constantFrom(
  ...[
    'driftloop',
    'e1',
    'mlops-test',
    '$(params.',
    ')',
    '{{ $labels.x }}',
    'sum by (a) (b{c="d"})',
    'http://',
  ],
  ...[
    'a',
    '0',
    ':',
    ' ',
    ': ',
    ' #',
    '#',
    '"',
    "'",
    '\n',
    '\n\n',
    '\n  ',
    '-',
    '- ',
    '---',
    '...',
    '?',
    '=',
    'é',
  ],
  ...[
    '%',
    '@',
    '`',
    ',',
    '[',
    ']',
    '{',
    '}',
    '&',
    '*',
    '!',
    '|',
    '>',
    '\\',
    '\t',
    '.',
    '_',
    '+',
    '~',
    'yes',
    'Null',
  ],
);
const sentence = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));

const anything = fc.letrec<{ any: unknown; list: unknown; map: unknown; leaf: unknown }>((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('list'), tie('map')),
  leaf: fc.oneof(
    sentence,
    sentence,
    sentence,
    fc.integer(),
    fc.boolean(),
    fc.double(),
    fc.constant(undefined),
  ),
  list: fc.array(tie('any'), { maxLength: 4 }),
  map: fc.dictionary(fc.oneof(sentence, fc.string({ maxLength: 8 })), tie('any'), { maxKeys: 5 }),
})).any;

const object = fc.oneof(
  { weight: 3, arbitrary: fc.dictionary(fc.oneof(sentence, text), anything, { maxKeys: 5 }) },
  { weight: 1, arbitrary: fc.dictionary(text, value, { maxKeys: 5, noNullPrototype: true }) },
);

describe('the fast emitter', () => {
  it(
    `writes ${documents} documents to the byte as the library does, or leaves them to it`,
    () => {
      let fast = 0;
      fc.assert(
        fc.property(object, (document) => {
          const written = emitPlain(document);
          if (written === undefined) return;
          fast += 1;
          expect(written).toBe(emitWithLibrary(document));
        }),
        { numRuns: documents },
      );
      // A fast path that nobody takes would pass every comparison.
      expect(fast).toBeGreaterThan(documents / 5);
    },
    60_000 + documents * 20,
  );

  it.each(hostileTexts)('writes %j as the library does, as value and as key', (hostile) => {
    for (const document of [
      { a: hostile },
      { a: { b: [hostile] } },
      { [hostile]: 'a' },
      { a: { [hostile]: 1 } },
    ]) {
      expect([undefined, emitWithLibrary(document)]).toContain(emitPlain(document));
    }
  });

  it('writes every object of the examples itself', () => {
    const objects = listYaml(['examples']).flatMap((file) =>
      parseAllDocuments(readFileSync(file, 'utf8')).map(
        (document) => document.toJS() as Record<string, unknown>,
      ),
    );
    expect(objects.length).toBeGreaterThan(30);
    for (const document of objects) expect(emitPlain(document)).toBe(emitWithLibrary(document));
  });

  it.each([
    { a: null },
    { a: Number.NaN },
    { a: new Date(0) },
    { a: new Map() },
    { a: 1n },
    { '': 'a' },
    { a: 1e21 },
  ])('leaves %p to the library', (document) => {
    expect(emitPlain(document)).toBeUndefined();
  });
});

function listYaml(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.k8s.yaml'))
      .map((name) => `${folder}/${name}`),
  );
}
