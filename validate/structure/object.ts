import { closest } from '../../config/suggest.js';
import { isFields } from '../fields.js';
import type { Fields } from '../fields.js';
import { joinKey, showValue } from './context.js';
import type { Context } from './context.js';
import { checkGenerateName, checkName, checkNamespaceName } from './names.js';
import { isCertainlyValid } from './quick-check.js';
import { findKind, listKinds } from './schema.js';
import type { KindSchema } from './schema.js';
import { checkValue } from './walk.js';

/** Checks a whole object: its kind, its fields, its name and its namespace. */
export function checkWhole(object: Fields, context: Context): void {
  const found = checkKind(object, '', context);
  if (found === undefined) return;
  const { metadata, kind } = object;
  if (!isFields(metadata)) return;
  if (metadata.name === undefined) {
    context.report('STRUCTURE_MISSING_FIELD', {
      path: 'metadata.name',
      message: `The ${String(kind)} has no name.`,
    });
  }
  checkScope(metadata, found, String(kind), context);
}

/** An object inside a TriggerTemplate is created by an event: it may leave its name to the API server. */
export function checkEmbedded(object: Fields, path: string, outer: Context): void {
  const context = { ...outer, templated: true };
  const found = checkKind(object, path, context);
  if (found === undefined) return;
  const { metadata } = object;
  if (!isFields(metadata) || metadata.name !== undefined || metadata.generateName !== undefined) return;
  context.report('STRUCTURE_MISSING_FIELD', {
    path: joinKey(joinKey(path, 'metadata'), 'name'),
    message: `The ${String(object.kind)} has neither a name nor a generateName.`,
  });
}

function checkKind(object: Fields, path: string, context: Context): KindSchema | undefined {
  const { apiVersion, kind, metadata } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    const message = `apiVersion ${showValue(apiVersion)} and kind ${showValue(kind)} name no kind.`;
    context.report('STRUCTURE_UNKNOWN_KIND', { path, message });
    return undefined;
  }
  const found = findKind(apiVersion, kind);
  if (found === undefined) {
    reportUnknownKind(apiVersion, kind, path, context);
    return undefined;
  }
  if (!isCertainlyValid(object, found.schema, context.templated))
    checkValue(object, found.schema, path, context, checkEmbedded);
  if (isFields(metadata)) checkNames(metadata, kind, joinKey(path, 'metadata'), context);
  return found;
}

function checkNames(metadata: Fields, kind: string, path: string, context: Context): void {
  const { name, generateName, namespace } = metadata;
  if (typeof name === 'string') checkName(kind, name, joinKey(path, 'name'), context);
  else if (typeof generateName === 'string') {
    checkGenerateName(kind, generateName, joinKey(path, 'generateName'), context);
  }
  if (typeof namespace === 'string') checkNamespaceName(namespace, joinKey(path, 'namespace'), context);
}

function checkScope(metadata: Fields, { scope }: KindSchema, kind: string, context: Context): void {
  const path = 'metadata.namespace';
  if (scope === 'Namespaced' && metadata.namespace === undefined) {
    context.report('STRUCTURE_NAMESPACE_MISSING', { path, message: `The ${kind} names no namespace.` });
  }
  if (scope === 'Cluster' && metadata.namespace !== undefined) {
    context.report('STRUCTURE_NAMESPACE_UNEXPECTED', {
      path,
      message: `A ${kind} belongs to the whole cluster, not to a namespace.`,
    });
  }
}

function reportUnknownKind(apiVersion: string, kind: string, path: string, context: Context): void {
  const known = listKinds();
  const sameKind = known.find((entry) => entry.endsWith(`/${kind}`));
  const near = sameKind ?? closest(`${apiVersion}/${kind}`, known);
  const separator = near?.lastIndexOf('/');
  context.report('STRUCTURE_UNKNOWN_KIND', {
    path,
    message: `There is no schema for ${kind} of ${apiVersion}.`,
    ...(near && { hint: `Did you mean ${near.slice((separator ?? 0) + 1)} of ${near.slice(0, separator)}?` }),
  });
}
