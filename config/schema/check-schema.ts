import type { z } from 'zod';
import type { YamlFile } from '../load/yaml-file.js';
import type { KeyPath } from '../load/key-path.js';
import { formatKeyPath, valueAt } from '../load/key-path.js';
import type { Place, ProblemCollector } from '../problem-collector.js';
import { closest, suggest } from '../suggest.js';
import { isSecretName } from '../values/secret-text.js';
import { describeName, describeValue } from './describe-value.js';
import type { JsonSchema } from './json-schema.js';
import { schemaAt } from './json-schema.js';
import type { RefusedText } from './texts.js';
import { explainWrongValue } from './wrong-value.js';

type Issue = z.core.$ZodIssue;

const secretHint = 'Let the program read it from a Secret or from its service account.';

/** Of one file, or one map in it: more would hide what is worth reading, and be a burden when the file is hostile. */
const issueLimit = 50;

/** The whole content of a file against its schema; undefined when problems were found. */
export function checkFile<T>(
  schema: z.ZodType<T>,
  describe: () => JsonSchema,
  file: YamlFile,
  problems: ProblemCollector,
): T | undefined {
  const result = schema.safeParse(file.data);
  if (result.success) return result.data;
  for (const issue of result.error.issues.slice(0, issueLimit)) {
    reportIssue(issue, { data: file.data, placeOf: (path) => ({ file, path }), describe, problems });
  }
  return undefined;
}

/** What an issue is about: plain data, where each value of it was written, and what is allowed. */
export interface IssueContext {
  readonly data: unknown;
  readonly placeOf: (path: KeyPath) => Place;
  readonly describe?: () => JsonSchema;
  readonly problems: ProblemCollector;
}

/** Turns an issue of the schema into a problem in the user's words. */
export function reportIssue(issue: Issue, context: IssueContext): void {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  const value = valueAt(context.data, path);
  const refused = issue.code === 'custom' ? (issue.params as RefusedText | undefined) : undefined; // Only texts.ts adds custom issues.
  if (refused !== undefined) reportRefused(refused, path, value, context);
  else if (issue.code === 'unrecognized_keys')
    for (const key of issue.keys.slice(0, issueLimit)) reportUnknown(key, path, context);
  else if (issue.code === 'invalid_key') reportKey(issue, path, context);
  else if (value === undefined) reportMissing(path, context);
  else reportWrong(issue, path, value, context);
}

function reportRefused(
  { problem, fault }: RefusedText,
  path: KeyPath,
  value: unknown,
  context: IssueContext,
): void {
  const message = `${subject(path)}: ${fault.secret === true ? 'the value' : describeValue(value)} ${fault.message}.`;
  context.problems.error(problem, context.placeOf(path), { message, hint: fault.hint });
}

/** An unknown key: a slip of the finger, or one that belongs elsewhere. */
function reportUnknown(key: string, path: KeyPath, { describe, placeOf, problems }: IssueContext): void {
  const schema = describe?.();
  const known = Object.keys((schema && schemaAt(schema, path)?.properties) ?? {});
  const elsewhere = closest(key, known) === undefined && schema !== undefined ? findKey(schema, key) : [];
  const places = elsewhere.slice(0, 3).map((place) => `\`${place}\``);
  const hint = places.length > 0 ? `It belongs in ${places.join(' or ')}.` : suggest(key, known).hint;
  const where = path.length === 0 ? 'The file' : subject(path);
  const message = `${where} has no key ${describeName(key)}.`;
  problems.error('CONFIG_KEY_UNKNOWN', { ...placeOf([...path, key]), key: true }, { message, hint });
}

/** Sections that know a key; lists count as their items. */
function findKey(schema: JsonSchema, key: string): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const items = property.items as JsonSchema | undefined; // Only tuples have several, and those hold numbers.
    const own = Object.hasOwn(property.properties ?? {}, key) ? [name] : [];
    return [
      ...own,
      ...(Object.hasOwn(items?.properties ?? {}, key) ? [`${name}[]`] : []),
      ...findKey(property, key).map((place) => `${name}.${place}`),
    ];
  });
}

/** A key of a map whose keys the user chooses. */
function reportKey(issue: Issue & { code: 'invalid_key' }, path: KeyPath, context: IssueContext): void {
  for (const cause of issue.issues) {
    const fault = cause.code === 'custom' ? (cause.params as RefusedText | undefined) : undefined; // As above.
    const name = String(path.at(-1));
    const message = `The key ${describeName(name)} ${fault?.fault.message ?? 'is not allowed'}.`;
    const place = { ...context.placeOf(path), key: true };
    context.problems.error(fault?.problem ?? 'CONFIG_NAME', place, { message, hint: fault?.fault.hint });
  }
}

function reportMissing(path: KeyPath, { describe, placeOf, problems }: IssueContext): void {
  const parent = path.slice(0, -1);
  const where = parent.length === 0 ? 'The file' : subject(parent);
  const key = String(path.at(-1));
  const message = `${where} needs the key \`${key}\`.`;
  const meaning = describe === undefined ? undefined : schemaAt(describe(), path)?.description;
  const hint = meaning === undefined ? undefined : `What \`${key}\` says: ${meaning}`;
  const place = placeOf(path);
  const position = { ...place, path: place.path.slice(0, -1), key: true };
  problems.error('CONFIG_KEY_MISSING', position, { message, hint });
}

function reportWrong(issue: Issue, path: KeyPath, value: unknown, { placeOf, problems }: IssueContext): void {
  const place = placeOf(path);
  const written = place.file.writtenScalar(place.path);
  const { code, rest, hint } = explainWrongValue(issue, value, written);
  // Also the value of a wrong type may be a secret, such as a password of digits.
  const secret = isSecretName(String(path.at(-1)));
  const message = `${subject(path)} is ${secret ? 'a value that is not shown' : describeValue(value, written)}${rest}.`;
  problems.error(code, place, { message, hint: secret ? secretHint : hint });
}

function subject(path: KeyPath): string {
  return path.length === 0 ? 'The file' : `\`${formatKeyPath(path)}\``;
}
