import { join, relative } from 'node:path';
import { planUnits } from '../charts/units.js';
import { loadReleases } from '../config/release-files.js';
import { isFolder } from '../config/load/read-folder.js';
import { loadWorkspace } from '../config/load-workspace.js';
import type { Workspace } from '../config/model.js';
import type { Releases } from '../config/release.js';
import { hasErrors } from '../problems/problem.js';
import type { Checked, Problem } from '../problems/problem.js';
import type { Manifest, RenderedUnit } from '../synth/manifest.js';
import { renderUnits } from '../synth/render.js';
import { validateManifests } from '../validate/validate.js';

/** A workspace rendered as a whole, and found to be in order. */
export interface Rendered {
  readonly workspace: Workspace;
  readonly releases: Releases;
  readonly units: readonly RenderedUnit[];
  readonly manifests: readonly Manifest[];
}

/**
 * The one way from files to manifests: load, plan, render, validate. Every verb and `cdk8s synth` go it, and none of
 * them writes anything when it ends in errors. All units are rendered whatever was selected, because what is checked
 * is that they fit together.
 * @param releasesDirectory folder that holds releases/; the workspace's own by default
 */
export function renderWorkspace(directory: string, releasesDirectory = directory): Checked<Rendered> {
  const { value: workspace, problems } = loadWorkspace(directory);
  if (workspace === undefined) return { value: undefined, problems };
  const releases = readReleases(directory, releasesDirectory, workspace);
  const loading = [...problems, ...releases.problems];
  if (releases.value === undefined || hasErrors(loading)) return { value: undefined, problems: loading };
  const { value, problems: found } = renderReleases(workspace, releases.value);
  return { value, problems: [...loading, ...found] };
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

/** The second half, for somebody who has the releases from elsewhere. */
export function renderReleases(workspace: Workspace, releases: Releases): Checked<Rendered> {
  const units = [...renderUnits(planUnits(workspace, releases))];
  const manifests = units.flatMap((unit) => unit.manifests);
  const problems = validateManifests(manifests);
  return {
    value: hasErrors(problems) ? undefined : { workspace, releases, units, manifests },
    problems,
  };
}
