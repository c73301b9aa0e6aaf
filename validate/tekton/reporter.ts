import type { ProblemCode } from '../../problems/codes.js';
import type { Problem } from '../../problems/problem.js';
import type { Manifest } from '../../synth/manifest.js';
import { joinPath } from '../fields.js';
import { reportProblem } from '../report.js';
import type { Finding } from '../report.js';

/** Reports problems of one object below one path. */
export type Reporter = (code: ProblemCode, finding: Finding) => Problem;

export function reporterFor(manifest: Manifest, base: string): Reporter {
  return (code, finding) => {
    const path = finding.path === undefined ? base : joinPath(base, finding.path);
    return reportProblem(manifest, code, { ...finding, path });
  };
}

/** The same, further down. */
export function below(report: Reporter, path: string): Reporter {
  return (code, finding) =>
    report(code, { ...finding, path: finding.path === undefined ? path : joinPath(path, finding.path) });
}
