import { hasErrors } from '../problems/problem.js';
import type { Checked, Problem } from '../problems/problem.js';
import { generator } from '../synth/cache/generator.js';
import type { PartMemory } from '../synth/cache/part-memory.js';
import { SynthesisMemory } from '../synth/cache/synthesis-memory.js';
import { readUserSeal } from '../synth/cache/user-seal.js';
import { markOutput } from '../synth/patch.js';
import { synthesize } from '../synth/write.js';
import { checkOutputDirectory } from './output-directory.js';
import type { Synthesis } from '../synth/write.js';
import type { Verdict } from '../validate/judge.js';
import type { Rendering } from './pipeline.js';
import type { RenderRequest } from './render-selected.js';

export interface SynthesisRequest extends RenderRequest {
  /** Replaced as a whole. */
  readonly output: string;
  /** Replaced as a whole by rules and unit tests for promtool; undefined: none are wanted. */
  readonly promtoolTests?: string | undefined;
  /** Tells programs apart that may render differently; undefined: nothing is remembered. @default - this program */
  readonly generator?: string | undefined;
  /** Absolute folder of the user's caches, as `~/.cache`; undefined: nothing is remembered. */
  readonly userCache: string | undefined;
}

/** What `driftloop synth` and `cdk8s synth` both do; the value is how many files there are. */
export async function synthesizeWorkspace(request: SynthesisRequest): Promise<Checked<number>> {
  const blocked = checkDirectories(request);
  if (blocked.length > 0) return { value: undefined, problems: blocked };
  const memory = openMemory(request);
  if (memory === undefined) return render(request);
  // Looked at before the files in it, so that whatever another run does meanwhile shows.
  const mark = markOutput(request.output);
  const isInPlace = memory.isInPlace();
  return (
    (await replay(memory, isInPlace, request.output)) ??
    (isInPlace && mark !== undefined ? await update(request, memory, mark) : undefined) ??
    render(request, memory)
  );
}

/** Nothing is loaded that only rendering needs. */
function openMemory(request: SynthesisRequest): SynthesisMemory | undefined {
  const { directory: workspace, releases, selection, output, promtoolTests, userCache } = request;
  const program = 'generator' in request ? request.generator : generator;
  if (program === undefined || promtoolTests !== undefined || userCache === undefined) return undefined;
  const seal = readUserSeal(userCache);
  if (seal === undefined) return undefined;
  return new SynthesisMemory({ generator: program, workspace, releases, output, options: selection }, seal);
}

/** What came of the same request before, put in place where it is not. */
async function replay(
  memory: SynthesisMemory,
  isInPlace: boolean,
  output: string,
): Promise<Checked<number> | undefined> {
  const entry = memory.recall();
  if (entry === undefined) return undefined;
  if (!isInPlace) {
    const files = memory.readFiles(entry);
    if (files === undefined) return undefined;
    const { problems } = await synthesize([{ files }], output);
    if (problems.length > 0) return { value: undefined, problems: [...entry.problems, ...problems] };
  }
  memory.renew(entry, isInPlace);
  return { value: entry.files, problems: entry.problems };
}

/** Only what has changed is rendered and written; undefined: another run came between. */
async function update(
  request: SynthesisRequest,
  memory: SynthesisMemory,
  mark: string,
): Promise<Checked<number> | undefined> {
  const parts = memory.openParts<Verdict>('update');
  if (parts === undefined) return undefined;
  const { renderSelected } = await import('./render-selected.js');
  const { updateOutput } = await import('../synth/update.js');
  const { value: rendering, problems } = renderSelected(request, parts);
  if (rendering === undefined) return { value: undefined, problems };
  const { units } = rendering;
  const written = await updateOutput(units.value, request.output, mark, () => units.problems);
  return written && conclude(problems, written, memory, parts);
}

async function render(request: SynthesisRequest, memory?: SynthesisMemory): Promise<Checked<number>> {
  const { renderSelected } = await import('./render-selected.js');
  const parts = memory?.openParts<Verdict>('write');
  const { value: rendering, problems } = renderSelected(request, parts);
  const loading = [...problems, ...checkOutputs(request)];
  if (rendering === undefined || hasErrors(loading)) return { value: undefined, problems: loading };
  return conclude(loading, await writeUnits(request, rendering), memory, parts);
}

function conclude(
  loading: readonly Problem[],
  written: Synthesis,
  memory: SynthesisMemory | undefined,
  parts: PartMemory<Verdict> | undefined,
): Checked<number> {
  const problems = [...loading, ...written.problems];
  if (hasErrors(problems)) return { value: undefined, problems };
  const files = written.files.length;
  if (parts !== undefined) memory?.remember({ problems, files }, parts);
  return { value: files, problems };
}

async function writeUnits(
  { output, promtoolTests }: SynthesisRequest,
  { workspace, units }: Rendering,
): Promise<Synthesis> {
  if (promtoolTests === undefined) return synthesize(units.value, output, () => units.problems);
  const { PromtoolFiles } = await import('./promtool-files.js');
  const tests = new PromtoolFiles(workspace);
  return synthesize(tests.collect(units.value), output, async () => {
    const { problems } = units;
    if (hasErrors(problems)) return problems;
    return [...problems, ...(await synthesize([tests], promtoolTests)).problems];
  });
}

function checkDirectories({ output, promtoolTests }: SynthesisRequest): readonly Problem[] {
  const tests = promtoolTests === undefined ? [] : checkOutputDirectory(promtoolTests, '--promtool-tests');
  return [...checkOutputDirectory(output, '--output'), ...tests];
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
