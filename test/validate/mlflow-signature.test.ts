import { mlflowHeaders, refuseMlflowEvent } from '../../validate/triggers/mlflow-signature.js';

/** Made by MLflow's own recipe in Python: hmac.new(key, f"{id}.{time}.{body}", sha256), as Base64 behind `v1,`. */
const body = '{"entity": "model_version", "action": "created", "data": {"name": "\\u00fcber"}}';
const key = 'schüssel';
const headers = {
  [mlflowHeaders.signature]: 'v1,J4mXOJ0dWfdQ8Q7RDgWO3rfIJOQxAdbAHU76E34Eci0=',
  [mlflowHeaders.delivery]: '5f3d4a1e-6d0b-4b5c-9a54-3f2f9f3f1c77',
  [mlflowHeaders.timestamp]: '1795241560',
};
const sent = new Date(1_795_241_560_000);

function refuse(changes: Readonly<Record<string, readonly string[]>> = {}, now = sent, text = body) {
  const all = Object.entries(headers).map(([name, value]) => [name, [value]] as const);
  return refuseMlflowEvent({ headers: new Map([...all, ...Object.entries(changes)]), body: text }, key, now);
}

test('what MLflow signs is taken, whether the key is text or bytes', () => {
  expect(refuse()).toBeUndefined();
  const all = new Map(Object.entries(headers).map(([name, value]) => [name, [value]]));
  expect(refuseMlflowEvent({ headers: all, body }, Buffer.from(key), sent)).toBeUndefined();
});

test.each([
  ['as old as MLflow repeats it', 299, true],
  ['from a clock that is ahead', -299, true],
  ['of last week', 7 * 86_400, false],
  ['older than five minutes', 301, false],
  ['of the future', -301, false],
])('an event %s', (_, seconds, taken) => {
  expect(refuse({}, new Date(sent.getTime() + seconds * 1000)) === undefined).toBe(taken);
});

test.each<[string, Readonly<Record<string, readonly string[]>>]>([
  ['no signature', { [mlflowHeaders.signature]: [] }],
  ['two signatures', { [mlflowHeaders.signature]: ['v1,AAAA', headers[mlflowHeaders.signature]] }],
  [
    'a signature of another version',
    { [mlflowHeaders.signature]: ['v2,J4mXOJ0dWfdQ8Q7RDgWO3rfIJOQxAdbAHU76E34Eci0='] },
  ],
  ['a shorter signature', { [mlflowHeaders.signature]: ['v1,'] }],
  ['a signature of other characters', { [mlflowHeaders.signature]: ['v1,ü'] }],
  ['no id', { [mlflowHeaders.delivery]: [] }],
  [
    'an id with the dot moved',
    { [mlflowHeaders.delivery]: ['5f3d4a1e-6d0b-4b5c-9a54-3f2f9f3f1c77.1795241560'] },
  ],
  ['two ids', { [mlflowHeaders.delivery]: ['a', 'b'] }],
  ['no time', { [mlflowHeaders.timestamp]: [] }],
  ['a time that is none', { [mlflowHeaders.timestamp]: ['NaN'] }],
  ['a time in hexadecimal digits', { [mlflowHeaders.timestamp]: ['0x6B01'] }],
])('an event with %s is refused', (_, changes) => {
  expect(refuse(changes)).toBeDefined();
});

test('an event whose body was changed is refused', () => {
  expect(refuse({}, sent, body.replace('created', 'deleted'))).toMatch(/is not what the key makes of it/);
  expect(refuse({}, sent, `${body} `)).toBeDefined();
});
