/** Reading objects whose shape is not known: what is missing or of another kind reads as empty. */

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands at a path of keys; undefined when there is nothing. */
export function fieldAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isFields(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  );
}

/** All fields but some. */
export function fieldsWithout(value: unknown, ...keys: readonly string[]): Fields {
  return Object.fromEntries(
    Object.entries(isFields(value) ? value : {}).filter(([key]) => !keys.includes(key)),
  );
}

export function fieldsAt(value: unknown, ...path: readonly string[]): Fields {
  const found = fieldAt(value, ...path);
  return isFields(found) ? found : {};
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = fieldAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** A text; undefined when there is none or something else. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = fieldAt(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** Only the texts of a list. */
export function textsAt(value: unknown, ...path: readonly string[]): readonly string[] {
  return listAt(value, ...path).filter((entry) => typeof entry === 'string');
}

/** Only the entries whose value is a text. */
export function textMapAt(value: unknown, ...path: readonly string[]): Readonly<Record<string, string>> {
  const entries = Object.entries(fieldsAt(value, ...path));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** A text within a value, and the path to it: `spec.tasks[0].name`. */
export interface FoundText {
  readonly path: string;
  readonly text: string;
}

/** Every text of a value, in its order. */
export function findTexts(value: unknown, path = ''): readonly FoundText[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) {
    return value.flatMap((entry: unknown, index) => findTexts(entry, `${path}[${index}]`));
  }
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => findTexts(inner, joinPath(path, key)));
}

export function joinPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
