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

/** Every text of a value that is wanted, in its order. @default isWanted - all of them */
export function findTexts(
  value: unknown,
  path = '',
  isWanted: (text: string) => boolean = () => true,
): readonly FoundText[] {
  const found: FoundText[] = [];
  const visit = (inner: unknown, trail: Trail): void => {
    if (typeof inner === 'string') {
      if (isWanted(inner)) found.push({ path: formatTrail(path, trail), text: inner });
    } else visitInner(inner, trail, visit);
  };
  visit(value, []);
  return found;
}

/** Keys and indexes that lead to a place; one list for a whole walk, because hardly any place becomes a path. */
export type Trail = (string | number)[];

/** Visits what stands directly in a list or object. */
export function visitInner(
  value: unknown,
  trail: Trail,
  visit: (inner: unknown, trail: Trail) => void,
): void {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) visitAt(value[index], index, trail, visit);
  } else if (isFields(value)) {
    for (const key of Object.keys(value)) visitAt(value[key], key, trail, visit);
  }
}

function visitAt(
  inner: unknown,
  step: string | number,
  trail: Trail,
  visit: (inner: unknown, trail: Trail) => void,
): void {
  trail.push(step);
  visit(inner, trail);
  trail.pop();
}

export function formatTrail(base: string, trail: Readonly<Trail>): string {
  return trail.reduce<string>(
    (path, step) => (typeof step === 'number' ? `${path}[${step}]` : joinPath(path, step)),
    base,
  );
}

export function joinPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
