import type { Problem } from '../problems/problem.js';
import type { Manifest } from '../synth/manifest.js';
import { validateCel } from './cel.js';
import { validatePromql } from './promql.js';
import { validateReferences } from './references.js';
import { validateSecurity } from './security.js';
import { validateStructure } from './structure.js';
import { validateTekton } from './tekton.js';
import { validateTemplates } from './templates.js';

/** In the order in which their findings make sense: an object that is malformed explains what follows. */
const checks: readonly ((manifests: readonly Manifest[]) => readonly Problem[])[] = [
  validateStructure,
  validatePromql,
  validateTemplates,
  validateCel,
  validateTekton,
  validateReferences,
  validateSecurity,
];

/**
 * Everything that can be said about rendered objects without a cluster. It needs all units at once: half of a
 * platform has references into the other half.
 */
export function validateManifests(manifests: readonly Manifest[]): readonly Problem[] {
  return checks.flatMap((check) => check(manifests));
}
