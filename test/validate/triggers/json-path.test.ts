import { findExpressions } from '../../../validate/triggers/bindings.js';
import { evaluateJsonPath } from '../../../validate/triggers/json-path.js';

const event = {
  body: {
    a: { 'b.c': 1, "it's": 'y' },
    list: [1, 'two', null],
    text: 'say "hi" <now>\n',
    big: 1e21,
    no: false,
  },
};

describe('JSONPath of bindings', () => {
  test.each([
    ['body.text', 'say \\"hi\\" \\u003cnow\\u003e\\n'],
    ['.body.no', 'false'],
    ['{.body.big}', '1e+21'],
    ["body.a['b.c']", '1'],
    ['body.a["it\'s"]', 'y'],
    ['body.a.b\\.c', '1'],
    ['body.list[1]', 'two'],
    ['body.list[-1]', 'null'],
    ['body.list', '[1,"two",null]'],
    ['body.list[*]', '[1,"two",null]'],
    ['body.a', '{"b.c":1,"it\'s":"y"}'],
  ])('%s is %s', (path, text) => {
    expect(evaluateJsonPath(event, path)).toEqual({ text });
  });

  test.each([
    ['body.absent', 'absent is not found'],
    ['body.text.deeper', 'deeper is not found'],
    ['body.list[3]', 'out of bounds'],
    ['body.list[-4]', 'out of bounds'],
    ['body.text[0]', 'no list'],
    ['body.toString', 'toString is not found'],
    ['body.list[?(@.a)]', 'not rehearsed'],
    ['body.list[0:1]', 'not rehearsed'],
    ['body..text', 'not rehearsed'],
    ['{{body}}', 'unexpected path'],
  ])('%s finds nothing: %s', (path, fault) => {
    expect(evaluateJsonPath(event, path)).toEqual({ fault: expect.stringContaining(fault) as string });
  });
});

describe('expressions in a bound value', () => {
  test.each([
    ['x-$(body.a)-$(header.x-token)', ['body.a', 'header.X-Token']],
    ["$(body.list[?(@.a=='(b)')])", ["body.list[?(@.a=='(b)')]"]],
    ['$(body.a', []],
    ['plain $ (text)', []],
    ['$()', ['']],
  ])('%s', (value, paths) => {
    expect(findExpressions(value).map(({ path }) => path)).toEqual(paths);
  });
});
