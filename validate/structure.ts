import type { Problem } from '../problems/problem.js';
import { describeObject } from '../synth/manifest.js';
import type { Manifest } from '../synth/manifest.js';
import { isFields } from './fields.js';
import type { Context } from './structure/context.js';
import { IdentityIndex } from './structure/identity-index.js';
import { checkWhole } from './structure/object.js';

/**
 * Checks each object as the API server would before it stores it: against the structural schema of its kind
 * (schemas/structural.json), with names, labels and namespace; and that no object is there twice.
 */
export function validateStructure(manifests: readonly Manifest[]): readonly Problem[] {
  const problems: Problem[] = [];
  const index = new IdentityIndex<Manifest>();
  for (const manifest of manifests) {
    const context = openContext(manifest, problems);
    checkWhole(manifest.object, context);
    const first = index.add(manifest.object, manifest);
    if (first !== undefined) reportDuplicate(first, manifest, context);
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
function describe({ object }: Manifest): string {
  return isFields(object.metadata) ? describeObject(object) : object.kind;
}

function reportDuplicate(first: Manifest, second: Manifest, context: Context): void {
  context.report('STRUCTURE_DUPLICATE_OBJECT', {
    path: 'metadata.name',
    message: `${describe(second)} of ${second.file} is in ${first.file} already.`,
    hint: 'Give the objects different names or namespaces.',
  });
}
