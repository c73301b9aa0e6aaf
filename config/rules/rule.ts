import type { ProblemCode } from '../../problems/codes.js';
import type { Problem, Severity } from '../../problems/problem.js';
import type { Origins, Workspace } from '../model.js';

/** A check of things against each other, whatever language they were written in. */
export type Rule = (workspace: Workspace) => readonly Problem[];

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

const pathsOf = new WeakMap<Origins, ReadonlyMap<string, readonly string[]>>();

/** The first key path below a section that somebody wrote, for a model or another `where`; undefined: nobody did. */
export function findWritten({ origins }: Workspace, where: string, section: string): string | undefined {
  // One index for all: asking every origin about every model takes the square of their number.
  const paths = pathsOf.get(origins) ?? indexPaths(origins);
  pathsOf.set(origins, paths);
  return paths.get(where)?.find((path) => path.startsWith(`${section}.`));
}

function indexPaths(origins: Origins): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, string[]>();
  for (const key of origins.keys()) {
    const colon = key.indexOf(':');
    const where = key.slice(0, colon);
    const known = paths.get(where);
    if (known === undefined) paths.set(where, [key.slice(colon + 1)]);
    else known.push(key.slice(colon + 1));
  }
  return paths;
}
