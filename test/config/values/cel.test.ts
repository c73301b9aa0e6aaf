import { checkTriggerCel, createTriggerCel } from '../../../config/values/cel.js';
import type { CelResult } from '../../../config/values/cel.js';
import { canonicalHeaders } from '../../../config/values/cel/headers.js';

const body = JSON.parse(`{
  "value": "testing", "sha": "ec26c3e57ca3a959ca5aad62de7213c562f8c821", "ref": "refs/heads/master",
  "count": 1, "measure": 1.7, "upper": "THIS IS LOWER CASE", "b64": "ZXhhbXBsZQ==",
  "json": "{\\"testing\\": \\"value\\", \\"number\\": 2}", "yaml": "key1: value1\\nkey2: value2\\n",
  "url": "https://user:password@site.example.com/path/to?query=search&query=results#first",
  "object": {"string": "value", "integer": 2}, "array": ["one", "two"], "numbers": [1, 2, 3, 4, 5],
  "empty": [], "nothing": null, "event": [{"testing": "value"}, {"testing": "another"}],
  "constructor": "hostile", "__proto__": {"polluted": true}, "umlaut": "äöü"
}`) as unknown;

const event = {
  body,
  headers: canonicalHeaders({ 'x-test-header': 'value', Authorization: 'Bearer secrettoken' }),
  extensions: { foo: 'bar' },
  bodyText: '',
  requestUrl: 'https://example.com/testing?param=value',
};

const cel = createTriggerCel((name, key) =>
  name === 'test-secret' && key === 'token' ? 'secrettoken' : undefined,
);

function evaluate(expression: string): CelResult {
  return cel.evaluate(expression, event);
}

describe('what Tekton Triggers evaluates', () => {
  test.each<[string, unknown]>([
    ['body.value', 'testing'],
    ["body.value == 'testing'", true],
    ['body.sha.truncate(7)', 'ec26c3e'],
    ['body.value.truncate(7)', 'testing'],
    ['body.value.truncate(45)', 'testing'],
    ['body.umlaut.truncate(4)', 'äö'],
    ["body.ref.split('/')", ['refs', 'heads', 'master']],
    ["body.value.split('/')[0].truncate(2)", 'te'],
    ["header.canonical('X-Test-Header')", 'value'],
    ["header.canonical('x-test-header')", 'value'],
    ["header.canonical('absent')", ''],
    ["header['X-Test-Header'][0] == 'value'", true],
    ["header.match('x-test-header', 'value')", true],
    ["header.match('x-test-header', 'no-match')", false],
    ['body.count + 1.0', 2],
    ['int(body.count) + 3', 4],
    ['body.measure * 3.0', 5.1],
    ["'secrettoken'.compareSecret('token', 'test-secret', 'testing-ns')", true],
    ["'nomatch'.compareSecret('token', 'test-secret', 'testing-ns')", false],
    ["header.canonical('Authorization').replace('Bearer ', '').compareSecret('token', 'test-secret')", true],
    ["body.json.parseJSON().testing == 'value'", true],
    ['body.json.parseJSON().number == body.object.integer', true],
    ['body.json.parseJSON().number > 1', true],
    ['body.json.parseJSON().number < 3u', true],
    ['body.json.parseJSON().number == null', false],
    ["body.yaml.parseYAML().key1 == 'value1'", true],
    ["body.url.parseURL().path == '/path/to'", true],
    ['body.url.parseURL().host', 'site.example.com'],
    ['body.url.parseURL().auth.password', 'password'],
    ["body.url.parseURL().query['query']", 'search,results'],
    ["body.url.parseURL().queryStrings['query']", ['search', 'results']],
    ['requestURL.parseURL().path', '/testing'],
    ['body.upper.lowerAscii()', 'this is lower case'],
    ['body.object.marshalJSON()', '{"integer":2,"string":"value"}'],
    ['body.array.marshalJSON()', '["one","two"]'],
    ['base64.decode(body.b64)', 'ZXhhbXBsZQ=='],
    ['string(base64.decode(body.b64))', 'example'],
    ["base64.decode(body.b64) == b'example'", true],
    ["base64.encode(b'example')", 'ZXhhbXBsZQ=='],
    ["body.array.join(', ')", 'one, two'],
    ["body.url.parseURL().path.split('/').last()", 'to'],
    ['body.empty.last()', null],
    ['body.empty.first()', null],
    ['body.numbers.first()', 1],
    ['[1, 2, 3, 4, 5].last()', 5],
    ["body.url.parseURL().path.split('/').filter(t, t.size() > 0).first()", 'path'],
    ['sets.contains(body.numbers, [1, 6])', false],
    ['sets.contains(body.numbers, [1, 5])', true],
    ['sets.equivalent([1, 1, 2], [2.0, 1u])', true],
    ['sets.intersects([1], [2])', false],
    ['[1,2,3,4].slice(1,3)', [2, 3]],
    ['[3, 1, 2].sort()', [1, 2, 3]],
    ['[1, 2.0, 1].distinct()', [1, 2]],
    ['[[1], [2]].flatten()', [1, 2]],
    ['lists.range(3)', [0, 1, 2]],
    ['math.greatest(body.numbers)', 5],
    ['math.least(3, 1.5, 2)', 1.5],
    ['math.ceil(1.2) + math.abs(-1.0)', 3],
    ['math.bitOr(1, 6)', 7],
    ["body.event.map(s, s['testing'])", ['value', 'another']],
    ["has(body.value) ? body.value : 'default'", 'testing'],
    ["has(body.object.second) ? body.object.second : 'default'", 'default'],
    ['has(body.nothing)', true],
    ['body.upper.lowerAscii().translate("[^a-z0-9]+", "")', 'thisislowercase'],
    ['"ab".translate("(a)(?P<last>b)", "${last}$1x$$")', 'b$'],
    ['extensions.foo', 'bar'],
    ["body.value.matches('(?i)^TEST')", true],
    ["'%s is %d'.format(['a', 2])", 'a is 2'],
    ["'abc'.reverse() + 'abc'.charAt(1)", 'cbab'],
    ["'tacocat'.indexOf('ac', 3)", -1],
    ["'tacocat'.lastIndexOf('a')", 5],
    ["'ab'.replace('', '-')", '-a-b-'],
    ["strings.quote('a\"b')", '"a\\"b"'],
    ["[1, 'a', true]", [1, 'a', true]],
    ['body.constructor', 'hostile'],
    ["'x' in body.object", false],
    ["body.array.exists(a, a.matches('(?i)^O'))", true],
    ["body.array.filter(a, a.substring(1) == 'wo').map(a, a.upperAscii())", ['TWO']],
    ['false && body.absent.deeper', false],
    ['body.absent.deeper && false', false],
  ])('%s', (expression, value) => {
    expect(checkTriggerCel(expression)).toEqual([]);
    expect(evaluate(expression)).toEqual({ value });
  });
});

describe('what stops a Trigger when it is evaluated', () => {
  test.each([
    ['body.val', 'No such key'],
    ['body.count + 1', 'no such overload'],
    ["body.canonical('testing')", 'http.Header'],
    ["'testing'.compareSecret('testing', 'testSecret', 'mytoken')", 'failed to find secret'],
    ["'testing'.compareSecret('other', 'test-secret')", 'failed to find secret'],
    ["body.value.parseJSON().test == 'test'", ''],
    ["body.object.parseJSON().test == 'test'", 'parseJSON'],
    ["body.yaml.parseYAML().key3 == 'value3'", 'No such key: key3'],
    ['body.value.marshalJSON()', 'marshalJSON'],
    ["has(body.object.repository.owner) ? 'a' : 'me'", 'No such key: repository'],
    ['body.object.truncate(7)', 'truncate'],
    ['body.value.truncate(-1)', 'out of range'],
    ['body.numbers[9]', 'out of bounds'],
    ["body.value.translate('[^a-z0-9+', '')", 'failed to parse regular expression'],
    ["body.value.matches('(?=a)')", ''],
    ['body.polluted', 'No such key'],
    ["'é'.substring(2)", 'out of range'],
  ])('%s', (expression, reason) => {
    expect(evaluate(expression)).toEqual({ fault: expect.stringContaining(reason) as string });
  });
});

describe('what is refused before anything is evaluated', () => {
  test.each([
    ["body.value = 'testing'", 'Unexpected character', 11],
    ["header['X-Test", '', 7],
    ['trunca(body.sha, 7)', 'trunca', 0],
    ['test.value', 'test', 0],
    ["1 == 'a'", 'no such overload', 0],
    ["false ? 1 : 'a'", 'Ternary', 0],
    ["b'{}'.json()", 'no function json', 0],
    ['cel.bind(x, 1, x)', 'no function bind', 0],
    ["'a'.matchesRe2('a')", 'no function matchesRe2', 0],
    ['', '', 0],
  ])('%s', (expression, reason, offset) => {
    const [fault, ...others] = checkTriggerCel(expression);
    expect(fault?.message).toContain(reason);
    expect(fault?.offset).toBe(offset);
    expect(others).toEqual([]);
    expect(evaluate(expression)).toHaveProperty('fault');
  });

  test('a filter that is no condition', () => {
    expect(checkTriggerCel("'true'", 'filter')).toEqual([
      { message: 'a filter must be true or false, this is of type string', offset: 0 },
    ]);
    expect(checkTriggerCel('body.flag', 'filter')).toEqual([]);
  });

  test('an expression nested too deeply is a fault, not a crash', () => {
    expect(checkTriggerCel(`${'('.repeat(5000)}1${')'.repeat(5000)}`)).toHaveLength(1);
  });
});
