import { hasErrors } from '../problems/problem.js';
import type { Checked, Problem } from '../problems/problem.js';
import { generator } from '../synth/cache/generator.js';
import type { PackWriter } from '../synth/cache/pack.js';
import { SynthesisMemory } from '../synth/cache/synthesis-memory.js';
import type { Remembered } from '../synth/cache/synthesis-memory.js';
import { synthesize } from '../synth/write.js';
import type { Synthesis } from '../synth/write.js';
import type { Rendering } from './pipeline.js';
import type { RenderRequest } from './render-selected.js';

export interface SynthesisRequest extends RenderRequest {
  /** Replaced as a whole. */
  readonly output: string;
  /** Replaced as a whole by rules and unit tests for promtool; undefined: none are wanted. */
  readonly promtoolTests?: string | undefined;
  /** Tells programs apart that may render differently; undefined: nothing is remembered. @default - this program */
  readonly generator?: string | undefined;
}

/** What `driftloop synth` and `cdk8s synth` both do; the value is how many files there are. */
export async function synthesizeWorkspace(request: SynthesisRequest): Promise<Checked<number>> {
  const memory = openMemory(request);
  return (memory && (await replay(memory, request.output))) ?? renderAnew(request, memory);
}

/** Nothing is loaded that only rendering needs. */
function openMemory(request: SynthesisRequest): SynthesisMemory | undefined {
  const { directory: workspace, releases, selection, output, promtoolTests } = request;
  const program = 'generator' in request ? request.generator : generator;
  if (program === undefined || promtoolTests !== undefined) return undefined;
  return new SynthesisMemory({ generator: program, workspace, releases, output, options: selection });
}

/** What came of the same request before, put in place where it is not. */
async function replay(memory: SynthesisMemory, output: string): Promise<Checked<number> | undefined> {
  const entry = memory.recall();
  if (entry === undefined) return undefined;
  if (!memory.isInPlace(entry)) {
    const files = memory.readFiles(entry);
    if (files === undefined) return undefined;
    const { problems } = await synthesize([{ files }], output);
    if (problems.length > 0) return { value: undefined, problems: [...entry.problems, ...problems] };
  }
  memory.renew(entry);
  return { value: entry.files, problems: entry.problems };
}

async function renderAnew(
  request: SynthesisRequest,
  memory: SynthesisMemory | undefined,
): Promise<Checked<number>> {
  const { renderSelected } = await import('./render-selected.js');
  const { value: rendering, problems } = renderSelected(request);
  const loading = [...problems, ...checkOutputs(request)];
  if (rendering === undefined || hasErrors(loading)) return { value: undefined, problems: loading };
  const pack = memory?.startPack();
  const written = await writeUnits(request, rendering, pack);
  const found = [...loading, ...written.problems];
  if (hasErrors(found)) {
    pack?.discard();
    return { value: undefined, problems: found };
  }
  const result: Remembered = { problems: found, files: written.files.length };
  if (pack !== undefined) memory?.remember(result, pack.finish());
  return { value: result.files, problems: found };
}

async function writeUnits(
  { output, promtoolTests }: SynthesisRequest,
  { workspace, units }: Rendering,
  pack: PackWriter | undefined,
): Promise<Synthesis> {
  const recorded = pack?.record(units.value) ?? units.value;
  if (promtoolTests === undefined) return synthesize(recorded, output, () => units.problems);
  const { PromtoolFiles } = await import('./promtool-files.js');
  const tests = new PromtoolFiles(workspace);
  return synthesize(tests.collect(recorded), output, async () => {
    const { problems } = units;
    if (hasErrors(problems)) return problems;
    return [...problems, ...(await synthesize([tests], promtoolTests)).problems];
  });
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
