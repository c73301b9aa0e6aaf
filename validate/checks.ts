import type { Problem } from '../problems/problem.js';
import type { Manifest } from '../synth/manifest.js';
import { validateCel } from './cel.js';
import { validateDashboards } from './dashboards.js';
import { divideByCluster } from './fleet.js';
import { validatePromql } from './promql.js';
import { validateReferences } from './references.js';
import { validateSecurity } from './security.js';
import { validateStructure } from './structure.js';
import { validateTekton } from './tekton.js';
import { validateTemplates } from './templates.js';

/**
 * @param manifests what is judged
 * @param surroundings what is judged elsewhere, and may be referred to
 */
type Check = (manifests: readonly Manifest[], surroundings: readonly Manifest[]) => readonly Problem[];

/** In the order in which their findings make sense: an object that is malformed explains what follows. */
const checks: readonly Check[] = [
  validateStructure,
  oneByOne(validatePromql, validateTemplates),
  perCluster(validateDashboards),
  validateCel,
  validateTekton,
  validateReferences,
  perCluster(validateSecurity),
];

/** Checks that look things up by namespace and name, which two clusters may share. */
function perCluster(check: Check): Check {
  return (manifests, surroundings) =>
    divideByCluster(manifests, surroundings).flatMap((share) => check(share.manifests, share.surroundings));
}

/** Checks that look at one object at a time have the same expressions at hand when they take turns with each object. */
function oneByOne(...together: readonly ((manifests: readonly Manifest[]) => readonly Problem[])[]): Check {
  return (manifests) => {
    const found = manifests.map((manifest) => together.map((check) => check([manifest])));
    return together.flatMap((_check, index) => found.flatMap((problems) => problems[index] ?? []));
  };
}

export const runChecks: Check = (manifests, surroundings) =>
  checks.flatMap((check) => check(manifests, surroundings));
