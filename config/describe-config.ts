import type { JsonSchema } from './schema/json-schema.js';
import { jsonSchemas } from './schema/json-schema.js';

/** One key in the reference of the configuration. */
export interface ConfigKey {
  readonly file: 'driftloop.yaml' | 'models/<name>.yaml';
  /** `drift.detectors[].for`; `<name>` stands for a name the user chooses. */
  readonly path: string;
  /** In words: `text`, `number`, `one of: …`, `map`, `list of text`. */
  readonly type: string;
  readonly required: boolean;
  /** undefined: none. */
  readonly default: unknown;
  readonly description: string;
}

/** Keys whose content is that of other keys, and described there. */
const repeated =
  /^(driftloop\.yaml ((environments\.<name>\.)?defaults|charts\.<name>\.environments)|models\/<name>\.yaml (environments|(bias|quality|service)\.detectors))$/;

/** Every key of both files in the order of the schemas, for the generated reference. */
export function describeConfig(): readonly ConfigKey[] {
  const { driftloop, model } = jsonSchemas();
  return [...describe('driftloop.yaml', driftloop, ''), ...describe('models/<name>.yaml', model, '')];
}

function describe(file: ConfigKey['file'], schema: JsonSchema, base: string): ConfigKey[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const path = base === '' ? key : `${base}.${key}`;
    const row = {
      file,
      path,
      type: typeInWords(property),
      required: schema.required?.includes(key) ?? false,
      default: property.default,
      description: property.description ?? '',
    };
    return [row, ...(repeated.test(`${file} ${path}`) ? [] : describeInside(file, property, path))];
  });
}

function describeInside(file: ConfigKey['file'], schema: JsonSchema, path: string): ConfigKey[] {
  const items = schema.items as JsonSchema | undefined; // Only tuples have several, and those hold numbers.
  if (items?.properties !== undefined) return describe(file, items, `${path}[]`);
  const values = schema.additionalProperties;
  if (typeof values === 'object' && values.properties !== undefined)
    return describe(file, values, `${path}.<name>`);
  return describe(file, schema, path);
}

function typeInWords(schema: JsonSchema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeInWords).join(' or ');
  if (schema.enum !== undefined)
    return `one of: ${schema.enum.map((each) => `\`${String(each)}\``).join(', ')}`;
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.type === 'array') return listInWords(schema.items);
  if (schema.type === 'object') return schema.properties === undefined ? 'map of names' : 'map';
  return typeof schema.type === 'string' ? (scalarTypes[schema.type] ?? 'any') : 'quantity';
}

const scalarTypes: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'boolean',
};

function listInWords(items: JsonSchema['items']): string {
  if (items === undefined) return 'list';
  if (isTuple(items)) return 'band `[low, high]`';
  return items.properties === undefined ? `list of ${typeInWords(items)}` : 'list';
}

function isTuple(items: JsonSchema | readonly JsonSchema[]): items is readonly JsonSchema[] {
  return Array.isArray(items);
}
