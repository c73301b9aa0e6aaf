/** A JSON value as CEL sees it: objects are Maps, so that a payload's keys (`constructor`) can do no harm. */
export type CelValue = unknown;

/** Turns parsed JSON into CEL values; numbers stay doubles, as in Tekton Triggers. */
export function toCelValue(json: unknown): CelValue {
  if (Array.isArray(json)) return json.map(toCelValue);
  if (typeof json !== 'object' || json === null) return json;
  return new Map(Object.entries(json).map(([key, value]) => [key, toCelValue(value)]));
}

/** Turns a CEL value into JSON; throws for values that Triggers cannot turn into JSON either. */
export function toJsonValue(value: CelValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} cannot become JSON`);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(toJsonValue);
  if (value instanceof Map) return Object.fromEntries(mapEntries(value));
  if (isPlainObject(value)) return Object.fromEntries(mapEntries(new Map(Object.entries(value))));
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value;
  throw new Error(`a value of this kind cannot become JSON: ${Object.prototype.toString.call(value)}`);
}

/** Compact JSON with sorted keys and HTML characters escaped, as Go's encoder writes it. */
export function marshalJson(value: CelValue): string {
  return escapeAsGo(JSON.stringify(sortKeys(toJsonValue(value))));
}

/** Go's encoder escapes what HTML and old JavaScript could take for more than text. */
export function escapeAsGo(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function mapEntries(map: ReadonlyMap<unknown, unknown>): [string, unknown][] {
  return [...map].map(([key, value]) => {
    if (typeof key !== 'string') throw new Error('a map with keys that are no text cannot become JSON');
    return [key, toJsonValue(value)];
  });
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, inner]) => [key, sortKeys(inner)]));
}
