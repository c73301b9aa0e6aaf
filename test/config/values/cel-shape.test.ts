import fc from 'fast-check';
import { checkTriggerCel } from '../../../config/values/cel.js';
import { shapeOfCel } from '../../../config/values/cel/shape.js';

describe('the shape of a CEL expression', () => {
  it.each([
    ["body.a == 'b' && body['c'] != 'd'", "body.a == 'x' && body['c'] != 'x'"],
    ["header.canonical('A').compareSecret('b', 'c')", "header.canonical('A').compareSecret('b', 'c')"],
    ["body['x == '] == 'a'", "body['x == '] == 'x'"],
  ])('of %s is %s', (expression, shape) => {
    expect(shapeOfCel(expression)).toBe(shape);
  });

  it.each([
    'body.a == "b"',
    "body.a == 'b\\''",
    "body.a == r'b'",
    "body.a == 'b' // == 'c'",
    "body.a == '''b'''",
  ])('leaves %s alone', (expression) => {
    expect(shapeOfCel(expression)).toBe(expression);
  });

  it('has faults when the expression has, whatever it is compared with', () => {
    const piece = fc.constantFrom(
      ...[
        'body.a',
        'body',
        "['a']",
        '==',
        '!=',
        "'b'",
        "''",
        "'=='",
        '&&',
        '||',
        '(',
        ')',
        ' ',
        "matches('c')",
        '1',
      ],
      ...[
        '!',
        '?',
        ':',
        "body.a == 'b'",
        "header.canonical('A')",
        '{',
        '}',
        ',',
        "'a': 1",
        '+',
        'in',
        "['b']",
      ],
    );
    const expression = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(expression, (text) => {
        fc.pre(shapeOfCel(text) !== text);
        // A comment keeps an expression from having a shape, and means nothing.
        const itself = `${text} // "`;
        expect(shapeOfCel(itself)).toBe(itself);
        for (const purpose of ['filter', 'overlay'] as const) {
          expect(checkTriggerCel(text, purpose).length > 0).toBe(checkTriggerCel(itself, purpose).length > 0);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
