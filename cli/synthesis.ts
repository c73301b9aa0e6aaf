import { isSelected } from '../gitops/selection.js';
import type { Selection } from '../gitops/selection.js';
import { hasErrors } from '../problems/problem.js';
import type { Checked } from '../problems/problem.js';
import { synthesize } from '../synth/write.js';
import { renderWorkspace } from './pipeline.js';
import type { Rendered } from './pipeline.js';
import { renderPromtoolFiles } from './promtool-files.js';
import { checkSelection } from './selection.js';

export interface RenderRequest {
  /** Workspace directory. */
  readonly directory: string;
  /** Folder that holds releases/; the workspace's own by default. */
  readonly releases?: string | undefined;
  /** Default everything. */
  readonly selection?: Selection;
}

export interface SynthesisRequest extends RenderRequest {
  /** Replaced as a whole. */
  readonly output: string;
  /** Replaced as a whole by rules and unit tests for promtool; undefined: none are wanted. */
  readonly promtoolTests?: string | undefined;
}

/** What `driftloop synth` and `cdk8s synth` both do; the value is the paths that were written. */
export async function synthesizeWorkspace(request: SynthesisRequest): Promise<Checked<readonly string[]>> {
  const { value: rendered, problems } = renderSelected(request);
  if (rendered === undefined) return { value: undefined, problems };
  const written = await synthesize(rendered.units, request.output);
  const found = [...problems, ...written.problems];
  if (request.promtoolTests !== undefined && written.problems.length === 0) {
    const tests = renderPromtoolFiles(rendered.workspace, rendered.units);
    found.push(...(await synthesize(tests, request.promtoolTests)).problems);
  }
  return { value: hasErrors(found) ? undefined : written.files, problems: found };
}

/** Everything is rendered and checked; only the units that are selected are handed out. */
export function renderSelected(request: RenderRequest): Checked<Rendered> {
  const { directory, releases, selection = {} } = request;
  const { value: rendered, problems } = renderWorkspace(directory, releases);
  if (rendered === undefined) return { value: undefined, problems };
  const found = [...problems, ...checkSelection(selection, rendered.workspace)];
  if (hasErrors(found)) return { value: undefined, problems: found };
  const units = rendered.units.filter(({ unit }) => isSelected(unit, selection));
  return { value: { ...rendered, units }, problems: found };
}
