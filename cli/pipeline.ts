import { join, relative } from 'node:path';
import { planUnits } from '../charts/units.js';
import { loadReleases } from '../config/release-files.js';
import { isFolder } from '../config/load/read-folder.js';
import { loadWorkspace } from '../config/load-workspace.js';
import type { Workspace } from '../config/model.js';
import { noMemory } from '../config/model-memory.js';
import type { Releases } from '../config/release.js';
import { hasErrors } from '../problems/problem.js';
import type { Checked, Problem } from '../problems/problem.js';
import type { PartMemory } from '../synth/cache/part-memory.js';
import type { Verdict } from '../validate/judge.js';
import { proveUnits } from '../validate/prove-units.js';
import type { ProvenUnits } from '../validate/prove-units.js';
import { openProofMemory } from './proof-memory.js';

/** A workspace that was read, and what is being made of it. */
export interface Rendering {
  readonly workspace: Workspace;
  /** Its problems are complete once all units were taken. */
  readonly units: ProvenUnits;
  /** How many units there will be. */
  readonly total: number;
}

/**
 * The one way from files to manifests: load, plan, render, validate. Every verb and `cdk8s synth` go it, and none of
 * them leaves anything behind when it ends in errors. All units are rendered whatever was selected, because what is
 * checked is that they fit together.
 * @param releasesDirectory folder that holds releases/; the workspace's own by default
 * @param parts what came of them before; undefined: everything is rendered and judged anew
 * @returns problems of the files; those of the manifests are found while the units are taken
 */
export function renderWorkspace(
  directory: string,
  releasesDirectory = directory,
  parts?: PartMemory<Verdict>,
): Checked<Rendering> {
  const { value: workspace, problems } = loadWorkspace(directory, parts?.models ?? noMemory);
  if (workspace === undefined) return { value: undefined, problems };
  const releases = readReleases(directory, releasesDirectory, workspace);
  const loading = [...problems, ...releases.problems];
  if (releases.value === undefined || hasErrors(loading)) return { value: undefined, problems: loading };
  const memory = parts && openProofMemory(workspace, releases.value, parts);
  const blueprints = planUnits(workspace, releases.value);
  const units = proveUnits(blueprints, memory);
  return { value: { workspace, units, total: blueprints.length }, problems: loading };
}

/** The positions of its problems are relative to the workspace, like all others. */
function readReleases(directory: string, from: string, workspace: Workspace): Checked<Releases> {
  if (!isFolder(from)) return { value: undefined, problems: [missingFolder(from)] };
  const { value, problems } = loadReleases(from, workspace);
  const place = relative(directory, from);
  const moved = problems.map((problem) => {
    const { position } = problem;
    return position === undefined || place === ''
      ? problem
      : { ...problem, position: { ...position, file: join(place, position.file) } };
  });
  return { value, problems: moved };
}

/** Without the releases, models would silently fall back to their initial versions. */
function missingFolder(folder: string): Problem {
  return {
    code: 'CLI_FILE_UNREADABLE',
    severity: 'error',
    message: `There is no folder ${folder} to read releases from.`,
    hint: 'Name a checkout of the GitOps repository, or leave out --releases.',
  };
}
