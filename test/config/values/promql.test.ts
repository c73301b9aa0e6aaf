import fc from 'fast-check';
import { checkPromql, listSelectors, typeOfPromql } from '../../../config/values/promql.js';
import { broken, sound } from './promql-cases.js';

describe('checkPromql', () => {
  test.each(sound)('lets %j pass', (expression) => {
    expect(checkPromql(expression)).toEqual([]);
  });

  test.each(broken)('refuses %j', (expression, message, from) => {
    const [first] = checkPromql(expression);
    expect(first?.message).toMatch(message);
    expect(first?.from).toBe(from);
  });

  test('says every type error, not the first', () => {
    expect(checkPromql('rate(a) + rate(b)').map(({ from }) => from)).toEqual([5, 15]);
  });

  test('never throws, and every place lies within the text', () => {
    const token = fc.constantFrom(
      'up',
      '(',
      ')',
      '{',
      '}',
      '[5m]',
      'sum',
      'by',
      '"a"',
      '=~',
      '=',
      '1',
      'offset',
      '@',
      '👻',
      '\\',
      '#',
      '\n',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join(' ')),
    );
    fc.assert(
      fc.property(text, (expression) => {
        for (const { from, to } of checkPromql(expression)) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(expression.length);
        }
        listSelectors(expression);
      }),
    );
  });

  test('deep nesting is answered, not a stack overflow', () => {
    expect(checkPromql('('.repeat(20_000))).not.toEqual([]);
    expect(checkPromql(Array.from({ length: 300 }, () => 'up').join(' + '))).toEqual([]);
  });
});

describe('typeOfPromql', () => {
  test.each([
    ['up', 'vector'],
    ['up[5m]', 'matrix'],
    ['1 + 1', 'scalar'],
    ['"a"', 'string'],
    ['sum(up) > 1', 'vector'],
    ['scalar(up)', 'scalar'],
  ])('%j is a %s', (expression, type) => {
    expect(typeOfPromql(expression)).toBe(type);
  });
});

describe('listSelectors', () => {
  test('tells names and matchers, escapes read', () => {
    expect(
      listSelectors('a{b="x\\n\\u00e9\\101",c!~`\\d`} + {"d.e", f="g"} + {__name__="h"}').map(
        ({ name, matchers }) => ({
          name,
          matchers: matchers.map(({ label, operator, value }) => label + operator + value),
        }),
      ),
    ).toEqual([
      { name: 'a', matchers: ['b=x\néA', 'c!~\\d'] },
      { name: 'd.e', matchers: ['f=g'] },
      { name: 'h', matchers: [] },
    ]);
  });

  test('an expression that cannot be read has what can be read of it', () => {
    expect(listSelectors('sum(up{').map(({ name }) => name)).toEqual(['up']);
    expect(listSelectors('')).toEqual([]);
  });
});
