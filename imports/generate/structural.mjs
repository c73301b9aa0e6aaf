import { Environment } from '@marcbachmann/cel-js';
import { mapSchema } from './crds.mjs';
import { objectMeta, openDefinitions, quantity } from './kubernetes.mjs';
import { shareSubtrees } from './share.mjs';
import { kubernetesKinds } from './sources.mjs';
import { fillHoles } from './splices.mjs';
import { triggersSchemas } from './triggers.mjs';

/** Keywords validate/structure.ts knows; another one in a source is an error here, so that none is ignored there. */
const kept = new Set([
  '$ref',
  'additionalProperties',
  'anyOf',
  'default',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'items',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'nullable',
  'pattern',
  'properties',
  'required',
  'type',
  'uniqueItems',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-validations',
]);
const dropped = new Set([
  'description',
  'example',
  'title',
  'x-kubernetes-group-version-kind',
  'x-kubernetes-map-type',
  'x-kubernetes-patch-merge-key',
  'x-kubernetes-patch-strategy',
  'x-kubernetes-unions',
]);
/** `labels` and `annotations` are our own: maps whose keys and values Kubernetes restricts. */
const formats = new Set(['annotations', 'byte', 'date-time', 'int32', 'int64', 'int-or-string', 'labels']);

/**
 * The text of schemas/structural.json: `kinds` by `apiVersion/kind`, `definitions` by name. What occurs
 * twice stands once, among the definitions, which makes the file a tenth of its sources.
 */
export function structuralSchemas(crds, swagger) {
  const definition = openDefinitions(swagger);
  const upstream = crds.map(({ group, version, names, scope, schema }) => ({
    apiVersion: `${group}/${version}`,
    kind: names.kind,
    scope,
    schema,
  }));
  const filled = fillHoles([...upstream, ...triggersSchemas(definition)]);
  const custom = filled.kinds.map((entry) => ({
    ...entry,
    schema: completeObject(trim(entry.schema), entry),
  }));
  const specs = Object.fromEntries(
    Object.entries(filled.definitions).map(([name, schema]) => [name, trim(schema)]),
  );
  const shared = shareSubtrees(custom, specs);
  const core = kubernetesKinds.map(({ definition: name, ...entry }) => ({
    ...entry,
    schema: completeObject(withoutStatus(trim(definition(name))), entry),
  }));
  const kinds = [...shared.kinds, ...core];
  const definitions = { ...shared.definitions };
  collectDefinitions(
    [...kinds.map(({ schema }) => schema), ...Object.values(definitions)],
    definitions,
    definition,
  );
  return format(kinds, definitions);
}

/** `apiVersion`, `kind` and `metadata` are the same for all kinds, whatever the sources say of them. */
function completeObject(schema, { apiVersion, kind }) {
  const required = new Set(['apiVersion', 'kind', 'metadata', ...(schema.required ?? [])]);
  return {
    ...schema,
    required: [...required],
    properties: {
      ...schema.properties,
      apiVersion: { type: 'string', enum: [apiVersion] },
      kind: { type: 'string', enum: [kind] },
      metadata: objectMeta,
    },
  };
}

function withoutStatus(schema) {
  const { status: _, ...properties } = schema.properties;
  return { ...schema, properties };
}

/** Keeps the keywords that constrain, and defaults: a required field with a default is filled in before it is missed. */
function trim(schema) {
  return mapSchema(schema, (node, path) => {
    const unknown = Object.keys(node).filter((key) => !kept.has(key) && !dropped.has(key));
    if (unknown.length > 0)
      throw new Error(`${path}: keyword ${unknown.join(', ')} (generate/structural.mjs)`);
    if (path !== '' && node['x-kubernetes-int-or-string'] === true && node.pattern !== undefined)
      return quantity;
    const result = Object.fromEntries(Object.entries(node).filter(([key]) => kept.has(key)));
    if (node['x-kubernetes-int-or-string'] === true) delete result.anyOf;
    const field = path.split('.').pop();
    if (field === 'matchLabels') result.format = 'labels';
    if (result['x-kubernetes-validations'] !== undefined) {
      result['x-kubernetes-validations'] = keepRules(result['x-kubernetes-validations'], path);
    }
    if (node.format !== undefined && !formats.has(node.format))
      throw new Error(`${path}: format ${node.format}`);
    if (result['x-kubernetes-list-type'] === 'atomic') delete result['x-kubernetes-list-type'];
    return result;
  });
}

/** Rules about a change (`oldSelf`) say nothing about one object. A rule that our CEL library cannot read must not get in. */
function keepRules(rules, path) {
  const kept = rules.filter(({ rule }) => !/\boldSelf\b/.test(rule));
  for (const { rule } of kept) {
    const { valid, error } = ruleEnvironment.check(rule);
    if (!valid) throw new Error(`${path}: the rule ${rule} cannot be checked: ${error.message}`);
  }
  return kept.map(({ rule, message }) => ({ rule, ...(message !== undefined && { message }) }));
}

const ruleEnvironment = new Environment({ unlistedVariablesAreDyn: true });

/** Adds what is referred to, and what that refers to. */
function collectDefinitions(schemas, definitions, definition) {
  for (const name of schemas.flatMap(referencesIn)) {
    if (name in definitions) continue;
    definitions[name] = trim(definition(name));
    collectDefinitions([definitions[name]], definitions, definition);
  }
}

function referencesIn(node) {
  if (typeof node !== 'object' || node === null) return [];
  return typeof node.$ref === 'string' ? [node.$ref] : Object.values(node).flatMap(referencesIn);
}

/** One line per kind and per definition: small, and still readable as a difference. */
function format(kinds, definitions) {
  const lines = (entries) =>
    entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(sortKeys(value))}`)
      .join(',\n');
  const kindEntries = kinds.map(({ apiVersion, kind, scope, schema }) => [
    `${apiVersion}/${kind}`,
    { scope, schema },
  ]);
  return `{"kinds":{\n${lines(kindEntries)}\n},"definitions":{\n${lines(Object.entries(definitions))}\n}}\n`;
}

function sortKeys(value) {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, child]) => [key, sortKeys(child)]));
}
