import { planUnits } from '../charts/units.js';
import { loadReleases } from '../config/release-files.js';
import { loadWorkspace } from '../config/load-workspace.js';
import type { Workspace } from '../config/model.js';
import type { Releases } from '../config/release.js';
import { hasErrors } from '../problems/problem.js';
import type { Checked } from '../problems/problem.js';
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
  const releases = loadReleases(releasesDirectory, workspace);
  const loading = [...problems, ...releases.problems];
  if (releases.value === undefined || hasErrors(loading)) return { value: undefined, problems: loading };
  const { value, problems: found } = renderReleases(workspace, releases.value);
  return { value, problems: [...loading, ...found] };
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
