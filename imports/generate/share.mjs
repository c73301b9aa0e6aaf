/** A subtree smaller than this, as JSON, is written out wherever it occurs. */
const smallest = 150;

/**
 * Writes each subtree that occurs more than once into the definitions, under the path of its first
 * occurrence, and refers to it.
 */
export function shareSubtrees(kinds, definitions) {
  const seen = new Map();
  for (const entry of kinds) count(entry.schema, nameOf(entry, kinds), seen);
  for (const [name, schema] of Object.entries(definitions)) count(schema, name, seen);
  const shared = {};
  const share = (schema, isRoot) => {
    if (schema.$ref !== undefined) return schema;
    const entry = seen.get(JSON.stringify(schema));
    if (isRoot || entry.count < 2 || entry.size < smallest) return shareChildren(schema, share);
    shared[entry.path] ??= shareChildren(schema, share);
    return { $ref: entry.path };
  };
  const named = Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [name, share(schema, true)]),
  );
  const result = kinds.map((entry) => ({ ...entry, schema: share(entry.schema, true) }));
  return { kinds: result, definitions: { ...shared, ...named } };
}

/** The kind; with its version where an earlier one of the kind has the plain name. */
function nameOf(entry, kinds) {
  const first = kinds.find(({ kind }) => kind === entry.kind);
  return first === entry ? entry.kind : `${entry.apiVersion}.${entry.kind}`;
}

function count(schema, path, seen) {
  const text = JSON.stringify(schema);
  const entry = seen.get(text) ?? { count: 0, path, size: text.length };
  seen.set(text, { ...entry, count: entry.count + 1 });
  for (const [name, child] of Object.entries(schema.properties ?? {})) count(child, `${path}.${name}`, seen);
  schema.anyOf?.forEach((child, index) => count(child, `${path}|${index}`, seen));
  if (schema.items !== undefined) count(schema.items, `${path}[]`, seen);
  if (typeof schema.additionalProperties === 'object') count(schema.additionalProperties, `${path}{}`, seen);
}

function shareChildren(schema, share) {
  const result = { ...schema };
  if (schema.properties !== undefined) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, child]) => [name, share(child, false)]),
    );
  }
  if (schema.anyOf !== undefined) result.anyOf = schema.anyOf.map((child) => share(child, false));
  if (schema.items !== undefined) result.items = share(schema.items, false);
  if (typeof schema.additionalProperties === 'object') {
    result.additionalProperties = share(schema.additionalProperties, false);
  }
  return result;
}
