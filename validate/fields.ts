/** Reading objects whose shape is not known: what is missing or of another kind reads as empty. */

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands at a path of keys; undefined when there is nothing. */
export function fieldAt(value: unknown, ...path: readonly string[]): unknown {
  let inner = value;
  for (const key of path) {
    if (!isFields(inner) || !Object.hasOwn(inner, key)) return undefined;
    inner = inner[key];
  }
  return inner;
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
  const found: FoundText[] = [];
  collectTexts(value, path, found);
  return found;
}

function collectTexts(value: unknown, path: string, found: FoundText[]): void {
  if (typeof value === 'string') found.push({ path, text: value });
  else if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) collectTexts(entry, `${path}[${index}]`, found);
  } else if (isFields(value)) {
    for (const key of Object.keys(value)) collectTexts(value[key], joinPath(path, key), found);
  }
}

export function joinPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
