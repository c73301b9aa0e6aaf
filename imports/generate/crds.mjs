import { parse } from 'yaml';

/**
 * Reads a CustomResourceDefinition and keeps of it the names and the schema of one version, without the
 * status, which controllers write and nobody renders.
 * @param without keywords that are left out
 */
export function readCrd(text, version, without = []) {
  const { spec } = parse(text, { maxAliasCount: -1 });
  const found = spec.versions.find(({ name, served }) => name === version && served);
  if (found === undefined) throw new Error(`${spec.names.kind} has no served version ${version}`);
  const schema = mapSchema(structuredClone(found.schema.openAPIV3Schema), (node) =>
    Object.fromEntries(Object.entries(node).filter(([keyword]) => !without.includes(keyword))),
  );
  for (const field of ['status', 'operation']) delete schema.properties[field];
  schema.required = schema.required?.filter((field) => field in schema.properties);
  return { group: spec.group, names: spec.names, scope: spec.scope, version, schema };
}

/** Calls `visit` on every schema in `schema`, children first, and puts what it returns in the child's place. */
export function mapSchema(schema, visit, path = '') {
  const result = { ...schema };
  if (schema.properties !== undefined) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, child]) => [
        name,
        mapSchema(child, visit, path === '' ? name : `${path}.${name}`),
      ]),
    );
  }
  if (schema.items !== undefined) result.items = mapSchema(schema.items, visit, `${path}[]`);
  if (typeof schema.additionalProperties === 'object') {
    result.additionalProperties = mapSchema(schema.additionalProperties, visit, `${path}{}`);
  }
  return visit(result, path);
}
