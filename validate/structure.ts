import type { Problem } from '../problems/problem.js';
import { describeObject } from '../synth/manifest.js';
import type { Manifest } from '../synth/manifest.js';
import { isFields } from './fields.js';
import { listHandedObjects } from './handed-objects.js';
import type { Context } from './structure/context.js';
import { checkWhole } from './structure/object.js';

/**
 * Checks each object as the API server would before it stores it: against the structural schema of its kind
 * (schemas/structural.json), with names, labels and namespace.
 */
export function validateStructure(manifests: readonly Manifest[]): readonly Problem[] {
  const problems: Problem[] = [];
  for (const manifest of manifests) {
    checkWhole(manifest.object, openContext(manifest, problems));
    for (const handed of listHandedObjects(manifest))
      checkWhole(handed.object, openContext(handed, problems));
  }
  return problems;
}

function openContext(manifest: Manifest, problems: Problem[]): Context {
  return {
    templated: false,
    report: (code, finding) => {
      const object = `${manifest.unit.name} ${describe(manifest)}`;
      problems.push({ code, severity: 'error', ...finding, object });
    },
  };
}

/** Tells what it can about an object that may lack even its metadata. */
export function describe({ object }: Manifest): string {
  return isFields(object.metadata) ? describeObject(object) : object.kind;
}
