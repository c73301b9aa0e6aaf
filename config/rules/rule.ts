import type { ProblemCode } from '../../problems/codes.js';
import type { Problem, Severity } from '../../problems/problem.js';
import type { Workspace } from '../model.js';

/**
 * A check of things against each other, whatever language they were written in.
 * @param complete false: models with mistakes of their own are missing, so what nobody seems to use may be used by them
 */
export type Rule = (workspace: Workspace, complete: boolean) => readonly Problem[];

/** A value of the input: whose (`jukebox/test`, `jukebox`, `driftloop.yaml`) and its key path. */
export interface Subject {
  readonly where: string;
  readonly path: string;
}

/** A problem at the place a value was written; built-in defaults have none. */
export function problemAt(
  { origins }: Workspace,
  { where, path }: Subject,
  problem: { code: ProblemCode; severity?: Severity; message: string; hint?: string | undefined },
): Problem {
  const position = origins.get(`${where}:${path}`)?.position;
  const { code, severity = 'error', message, hint } = problem;
  return {
    code,
    severity,
    message,
    ...(hint !== undefined && { hint }),
    ...(position && { position }),
    path,
  };
}
