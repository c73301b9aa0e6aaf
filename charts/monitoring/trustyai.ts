import type { Environment, InferenceServiceServing, Platform } from '../../config/model.js';
import type { TrustyAiSettings } from '../../config/model-monitoring.js';

/**
 * What the TrustyAI operator does by itself (controllers/tas of its repository), so that nothing is rendered twice and
 * Argo CD has nothing to undo.
 */

/** Keys that the operator asks for in the Secret of a database. */
export const databaseKeys = [
  'databaseKind',
  'databaseUsername',
  'databasePassword',
  'databaseService',
  'databasePort',
  'databaseName',
  'databaseGeneration',
] as const;

/** The one service of a platform; the operator has no use for two in a namespace. */
export function findService({ monitors }: Platform): TrustyAiSettings | undefined {
  return monitors.find(({ service }) => service !== undefined)?.service;
}

/**
 * Where KServe hands copies of requests and answers. It is the address that the operator writes into every
 * InferenceService of its namespace: it leaves one alone that has it already.
 */
export function loggerUrl(
  { name }: TrustyAiSettings,
  { namespace }: Environment,
  mode: InferenceServiceServing['mode'],
): string {
  const scheme = mode === 'Standard' ? 'https' : 'http';
  return `${scheme}://${name}.${namespace}.svc.cluster.local`;
}
