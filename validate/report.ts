import type { ProblemCode } from '../problems/codes.js';
import type { Problem, Severity } from '../problems/problem.js';
import { describeObject } from '../synth/manifest.js';
import type { Manifest } from '../synth/manifest.js';

/** Where in an object, and what to do; severity is `error` unless given. */
export interface Finding {
  /** Key path in the object. */
  readonly path?: string;
  readonly message: string;
  readonly hint?: string;
  readonly severity?: Severity;
}

/** A problem of a rendered object. */
export function reportProblem(manifest: Manifest, code: ProblemCode, finding: Finding): Problem {
  const { severity = 'error', ...rest } = finding;
  return { code, severity, ...rest, object: `${manifest.unit.name} ${describeObject(manifest.object)}` };
}
