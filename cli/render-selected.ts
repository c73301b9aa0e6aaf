import { isSelected } from '../gitops/plan/selection.js';
import type { Selection } from '../gitops/plan/selection.js';
import { hasErrors } from '../problems/problem.js';
import type { Checked } from '../problems/problem.js';
import type { PartMemory } from '../synth/cache/part-memory.js';
import type { RenderedUnit } from '../synth/manifest.js';
import type { Verdict } from '../validate/judge.js';
import { renderWorkspace } from './pipeline.js';
import type { Rendering } from './pipeline.js';
import { followUnits } from './progress.js';
import type { Progress } from './progress.js';
import { checkSelection } from './selection.js';

export interface RenderRequest {
  /** Workspace directory. */
  readonly directory: string;
  /** Folder that holds releases/; the workspace's own by default. */
  readonly releases?: string | undefined;
  /** Default everything. */
  readonly selection?: Selection;
  /** Told of every unit. */
  readonly progress?: Progress | undefined;
}

/** Everything is rendered and checked; only the units that are selected are handed out. */
export function renderSelected(request: RenderRequest, parts?: PartMemory<Verdict>): Checked<Rendering> {
  const { directory, releases, selection = {}, progress } = request;
  const { value: rendering, problems } = renderWorkspace(directory, releases, parts);
  if (rendering === undefined) return { value: undefined, problems };
  const { workspace, total } = rendering;
  const units = progress === undefined ? rendering.units : followUnits(rendering.units, total, progress);
  const found = [...problems, ...checkSelection(selection, workspace)];
  if (hasErrors(found)) return { value: undefined, problems: found };
  const selected = {
    value: { [Symbol.iterator]: () => select(units.value, selection) },
    get problems() {
      return units.problems;
    },
  };
  return { value: { workspace, units: selected, total }, problems: found };
}

function* select(units: Iterable<RenderedUnit>, selection: Selection): Generator<RenderedUnit> {
  for (const unit of units) if (isSelected(unit.unit, selection)) yield unit;
}
