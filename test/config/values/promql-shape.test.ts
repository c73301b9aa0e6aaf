import fc from 'fast-check';
import {
  checkPromql,
  listMatchers,
  listSelectors,
  shapeOf,
  typeOfPromql,
} from '../../../config/values/promql.js';
import { keepsLabel } from '../../../validate/prometheus/kept-labels.js';

describe('the shape of an expression', () => {
  it.each([
    ['up{job="a",b!="c"} > 1', 'up{job="x",b!="x"} > 1'],
    ['up{job="",b = "c"}', 'up{job="",b = "x"}'],
    ['{__name__="up",job="a"}', '{__name__="up",job="x"}'],
    ['up{job=~"x=",b="c"}', 'up{job=~"x=",b="x"}'],
    ['up{job="x=",b="c"}', 'up{job="x",b="x"}'],
    ['label_replace(up{a="b"}, "c", "$1", "a", "(.*)")', 'label_replace(up{a="x"}, "c", "$1", "a", "(.*)")'],
  ])('of %s is %s', (expression, shape) => {
    expect(shapeOf(expression)).toBe(shape);
  });

  it.each(['up{a=\'b\',c="d"}', 'up{a=`"`,b="c"}', 'up{a="\\"b"}', 'up # a="b"'])(
    'leaves %s alone',
    (expression) => {
      expect(shapeOf(expression)).toBe(expression);
    },
  );

  it('answers as the expression itself would, whatever it is compared with', () => {
    const piece = fc.constantFrom(
      ...[
        'up',
        '{',
        '}',
        'a',
        '=',
        '!=',
        '=~',
        '!~',
        '"b"',
        '""',
        '"x="',
        '"("',
        "'",
        '`',
        ',',
        '__name__',
        '#',
        '\\',
      ],
      ...[
        'sum by (a) (',
        ')',
        '==',
        'bool',
        '1',
        ' ',
        'rate(',
        '[5m]',
        'label_replace(',
        '$',
        '\n',
        'a="b"',
        '{a="c"}',
      ],
    );
    const expression = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc
        .tuple(fc.string(), fc.string())
        .map(([one, two]) => `sum by (a) (up{a="${one}",b=~"c|d",c!="${two}"}) > 1`),
    );
    // A comment at the end makes no difference to the meaning, and has no shape but itself.
    const itself = (text: string): string => `${text}\n#`;
    fc.assert(
      fc.property(expression, (text) => {
        expect(listMatchers(text).map(textOf)).toEqual(
          listSelectors(text).flatMap(({ matchers }) => matchers.map(textOf)),
        );
        if (shapeOf(text) === text) return;
        // Where there are faults, both say those of the text itself, whose end is elsewhere.
        expect(checkPromql(text).length > 0).toBe(checkPromql(itself(text)).length > 0);
        if (checkPromql(text).length > 0) return;
        expect(typeOfPromql(text)).toBe(typeOfPromql(itself(text)));
        for (const label of ['a', 'b']) expect(keepsLabel(text, label)).toBe(keepsLabel(itself(text), label));
      }),
      { numRuns: 3000 },
    );
  });
});

function textOf({ label, operator, value }: ReturnType<typeof listMatchers>[number]): string {
  return `${label}${operator}${value}`;
}
