import fc from 'fast-check';
import { RE2JS } from 're2js';
import { compileRegularExpression } from '../../../config/values/re2.js';

const piece = fc.constantFrom(
  ...[
    'a',
    'b',
    '.',
    '\\w',
    '\\d',
    '\\b',
    '\\B',
    '^',
    '$',
    '[a-c]',
    '[^b]',
    '(',
    ')',
    '(?:',
    '(?i)',
    '(?s)',
    '|',
  ],
  ...[
    '*',
    '+',
    '?',
    '*?',
    '{2}',
    '{1,3}',
    '\\n',
    'é',
    '🎵',
    '\\pL',
    '[[:alpha:]]',
    '(?m)',
    '\\z',
    '\\A',
    '-',
  ],
);
const pattern = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'A', '1', '\n', 'é', '🎵', ' ', '_'),
  maxLength: 8,
});

describe('a regular expression', () => {
  it('answers quickly what its engine with groups answers', () => {
    fc.assert(
      fc.property(pattern, text, (written, given) => {
        const compiled = compileRegularExpression(written);
        if (typeof compiled === 'string') return;
        const matcher = () => RE2JS.compile(written).matcher(given);
        expect([compiled.isFoundIn(given), compiled.matchesWhole(given)]).toEqual([
          matcher().find(),
          matcher().matches(),
        ]);
      }),
      { numRuns: Number(process.env.DRIFTLOOP_FUZZ_DOCUMENTS ?? 2000) },
    );
  });
});
