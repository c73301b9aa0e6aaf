import { isSelected } from '../gitops/selection.js';
import type { Selection } from '../gitops/selection.js';
import { hasErrors } from '../problems/problem.js';
import type { Checked, Problem } from '../problems/problem.js';
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
  const found = [...problems, ...checkOutputs(request)];
  if (rendered === undefined || hasErrors(found)) return { value: undefined, problems: found };
  if (request.promtoolTests !== undefined) {
    const tests = renderPromtoolFiles(rendered.workspace, rendered.units);
    found.push(...(await synthesize(tests, request.promtoolTests)).problems);
  }
  // Last, because what is refused must leave the manifests as they were.
  const written = hasErrors(found) ? undefined : await synthesize(rendered.units, request.output);
  found.push(...(written?.problems ?? []));
  return { value: hasErrors(found) ? undefined : written?.files, problems: found };
}

/** Two trees that are replaced as a whole must not hold each other. */
function checkOutputs({ output, promtoolTests }: SynthesisRequest): readonly Problem[] {
  if (promtoolTests === undefined || !(isWithin(output, promtoolTests) || isWithin(promtoolTests, output)))
    return [];
  const message = `${promtoolTests} and ${output} are both replaced as a whole, so neither can be in the other.`;
  const hint = 'Name a directory beside the output with --promtool-tests.';
  return [{ code: 'CLI_OUTPUTS_OVERLAP', severity: 'error', message, hint }];
}

function isWithin(inner: string, outer: string): boolean {
  return `${inner}/`.startsWith(outer.endsWith('/') ? outer : `${outer}/`);
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
