import { hasErrors } from '../../problems/problem.js';
import type { Model, Origins, Workspace } from '../model.js';
import type { ModelMemory, ResolvedModel } from '../model-memory.js';
import { ProblemCollector } from '../problem-collector.js';
import type { OriginRecorder } from '../resolve/origins.js';
import { resolveModel } from '../resolve/resolve-model.js';
import type { ModelContext, Written } from '../resolve/resolve-model.js';
import { modelRules } from '../rules/rules.js';
import type { ModelInput } from '../schema/model-schema.js';
import { checkModel } from './check-models.js';
import { refuseTwin, warnFileName } from './model-file-names.js';
import type { ModelSource, OpenSource } from './model-source.js';

/** All models that could be read, and whether these are all. */
export interface ResolvedModels {
  readonly models: readonly Model[];
  readonly complete: boolean;
  /** What rules about all models need of where their values come from; all of it where nothing is remembered. */
  readonly origins: Origins;
}

/** What models are resolved with, and held against alone. */
export interface ModelResolution extends Omit<ModelContext, 'recorder'> {
  readonly recorder: OriginRecorder;
  readonly surroundings: Omit<Workspace, 'models' | 'origins'>;
  /** undefined: somebody wants to know where every value comes from. */
  readonly memory: ModelMemory | undefined;
}

/** One file after the other is read, checked, resolved and forgotten, but for the Model. */
export function resolveModels(sources: readonly ModelSource[], resolution: ModelResolution): ResolvedModels {
  const owners = new Map<string, string>();
  const found = sources.map((source) => resolveSource(source, owners, resolution));
  const resolved = found.filter((each) => each !== undefined);
  return {
    models: resolved.map(({ model }) => model).sort((left, right) => (left.name < right.name ? -1 : 1)),
    complete: resolved.length === sources.length,
    origins: new Map(resolved.flatMap(({ landmarks }) => [...landmarks])),
  };
}

/** @param owners files by the names of their models, of those that came before */
function resolveSource(
  source: ModelSource,
  owners: Map<string, string>,
  resolution: ModelResolution,
): ResolvedModel | undefined {
  const { problems, memory } = resolution;
  const { value: open, problems: unread } = source.open();
  problems.add(...unread);
  if (open === undefined) return undefined;
  const known = open.key === undefined ? undefined : memory?.recall(open.key);
  // A second file of one name has problems that it had not alone.
  if (known !== undefined && !owners.has(known.model.name)) {
    owners.set(known.model.name, source.name);
    problems.add(...known.problems);
    if (open.key !== undefined) memory?.keep(open.key, known);
    return known;
  }
  const resolved = resolveAnew(open, owners, resolution);
  if (resolved === undefined || open.key === undefined || hasErrors(resolved.problems)) return resolved;
  memory?.keep(open.key, resolved);
  return resolved;
}

function resolveAnew(
  open: OpenSource,
  owners: Map<string, string>,
  resolution: ModelResolution,
): ResolvedModel | undefined {
  const problems = new ProblemCollector();
  const resolved = resolveFile(open, owners, { ...resolution, problems });
  resolution.problems.add(...problems.problems);
  return resolved && { ...resolved, problems: problems.problems };
}

function resolveFile(
  open: OpenSource,
  owners: Map<string, string>,
  resolution: ModelResolution,
): Omit<ResolvedModel, 'problems'> | undefined {
  const { problems, recorder } = resolution;
  const { value: file, problems: unread } = open.parse();
  problems.add(...unread);
  const { whole, partial } = file === undefined ? {} : checkModel(file, problems);
  const own = recorder.branch();
  // Sections that are right, of a file that is not, are looked at for further problems.
  if (partial !== undefined) resolveModel(partial, { ...resolution, recorder: own });
  if (whole === undefined) return undefined;
  const first = owners.get(whole.input.model);
  if (first !== undefined) {
    refuseTwin(whole, first, problems);
    return undefined;
  }
  owners.set(whole.input.model, whole.file.name);
  warnFileName(whole, problems);
  return resolveWhole(whole, own, resolution);
}

function resolveWhole(
  whole: Written<ModelInput>,
  recorder: OriginRecorder,
  { surroundings, memory, ...context }: ModelResolution,
): Omit<ResolvedModel, 'problems'> {
  const { problems } = context;
  const model = resolveModel(whole, { ...context, recorder });
  const alone = { ...surroundings, models: [model], origins: recorder.origins };
  for (const rule of modelRules) problems.add(...rule(alone, false));
  const isNeeded = memory === undefined || hasErrors(problems.problems);
  return { model, landmarks: isNeeded ? recorder.origins : landmarksOf(model, recorder.origins) };
}

/** Where its name stands: other models may have a name that reads the same. */
function landmarksOf({ name }: Model, origins: Origins): Origins {
  const key = `${name}:model`;
  const origin = origins.get(key);
  return new Map(origin === undefined ? [] : [[key, origin]]);
}
