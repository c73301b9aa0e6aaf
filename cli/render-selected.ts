import { isSelected } from '../gitops/plan/selection.js';
import type { Selection } from '../gitops/plan/selection.js';
import { hasErrors } from '../problems/problem.js';
import type { Checked } from '../problems/problem.js';
import { renderWorkspace } from './pipeline.js';
import type { Rendered } from './pipeline.js';
import { checkSelection } from './selection.js';

export interface RenderRequest {
  /** Workspace directory. */
  readonly directory: string;
  /** Folder that holds releases/; the workspace's own by default. */
  readonly releases?: string | undefined;
  /** Default everything. */
  readonly selection?: Selection;
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
