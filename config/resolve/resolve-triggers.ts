import type { KeyPath } from '../load/key-path.js';
import type {
  EventSource,
  EventSourceKind,
  ForgeKind,
  PushTrigger,
  RunTriggers,
  ScheduleTrigger,
} from '../model-triggers.js';
import { forgeKinds } from '../model-triggers.js';
import type { EventSourceInput } from '../schema/event-schema.js';
import type { ModelInput } from '../schema/model-schema.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import { builtInDataPaths, builtInSchedule, builtInSource } from '../catalogue/defaults.js';
import type { TriggersInput } from '../schema/trigger-schema.js';
import { suggest } from '../suggest.js';
import { duration } from '../values/duration.js';
import { repositoryPath } from '../values/git-url.js';
import type { Place } from '../problem-collector.js';
import type { Layer } from './layers.js';
import type { ModelContext, Written } from './resolve-model.js';

/** `events` of `driftloop.yaml`, sorted by name. */
export function resolveEvents(inputs: PlatformInput['events'] = {}): readonly EventSource[] {
  return Object.entries(inputs)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, input]) => resolveEvent(name, input));
}

function resolveEvent(name: string, { kind, secret, namespace }: EventSourceInput): EventSource {
  return { name, kind, secret, namespace };
}

/** `triggers` of a model. */
export function resolveTriggers(model: Written<ModelInput>, context: ModelContext): RunTriggers {
  const { file, input } = model;
  const layers: readonly Layer<object>[] = [
    { name: 'model', data: { triggers: input.triggers }, written: { file, base: [] } },
  ];
  context.recorder.record(input.model, { triggers: input.triggers }, layers, ['triggers']);
  if (input.triggers !== undefined)
    context.recorder.recordDefault(input.model, ['triggers', 'manual'], false);
  refuseUntrained(model, context);
  return {
    push: resolvePush('push', model, context),
    data: resolvePush('data', model, context),
    schedule: resolveSchedule(model, context),
    manual: input.triggers?.manual ?? false,
  };
}

function refuseUntrained(
  { file, input, broken = [] }: Written<ModelInput>,
  { problems }: ModelContext,
): void {
  if (input.triggers === undefined || input.training !== undefined || broken.includes('training')) return;
  problems.error(
    'CONFIG_RETRAIN_IMPOSSIBLE',
    { file, path: ['triggers'], key: true },
    {
      message: `\`${input.model}\` has triggers, but no \`training\` that they could start.`,
      hint: 'Describe the `training`, or remove the `triggers`.',
    },
  );
}

function resolveSchedule(model: Written<ModelInput>, context: ModelContext): ScheduleTrigger | undefined {
  const schedule = model.input.triggers?.schedule;
  if (schedule === undefined) return undefined;
  const { cron } = schedule;
  const timeZone = schedule.timeZone ?? builtInSchedule.timeZone;
  const startingDeadline = schedule.startingDeadline ?? builtInSchedule.startingDeadline;
  new Section(model, context, ['triggers', 'schedule']).recordDefaults({ timeZone, startingDeadline });
  return { cron, timeZone, startingDeadline: duration(startingDeadline) };
}

function resolvePush(
  key: 'push' | 'data',
  model: Written<ModelInput>,
  context: ModelContext,
): PushTrigger | undefined {
  const push: NonNullable<TriggersInput['push']> | undefined = model.input.triggers?.[key];
  if (push === undefined) return undefined;
  const paths = push.paths ?? (key === 'data' ? builtInDataPaths : []);
  const { ignorePaths = [] } = push;
  const section = new Section(model, context, ['triggers', key]);
  section.recordDefaults(key === 'data' ? { paths } : { paths, ignorePaths });
  const kinds = key === 'data' ? forgeKinds.filter((kind) => !kind.startsWith('bitbucket')) : forgeKinds;
  const forge = findSource(push.from, kinds, section);
  if (forge === undefined) return undefined;
  const repository = push.repository ?? nameRepository(forge.kind, section);
  if (repository === undefined) return undefined;
  refusePaths(forge, { paths, ignorePaths }, section);
  const branches = push.branches ?? [model.input.source.branch ?? builtInSource.branch];
  section.recordDefaults({ from: forge.name, repository, branches });
  return { forge, repository, branches, paths, ignorePaths };
}

/** One section of `triggers`, with where its values and problems go. */
class Section {
  constructor(
    readonly model: Written<ModelInput>,
    readonly context: ModelContext,
    private readonly base: KeyPath,
  ) {}

  get name(): string {
    return this.base.join('.');
  }

  place(...path: KeyPath): Place {
    return { file: this.model.file, path: [...this.base, ...path] };
  }

  recordDefaults(values: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of Object.entries(values))
      this.context.recorder.recordDefault(this.model.input.model, [...this.base, key], value);
  }
}

/** The named sender, or the only one of these kinds. */
function findSource<Kind extends EventSourceKind>(
  name: string | undefined,
  kinds: readonly Kind[],
  section: Section,
): EventSource<Kind> | undefined {
  const { problems, platform } = section.context;
  const all = resolveEvents(platform.input.events);
  const isFitting = (source: EventSource): source is EventSource<Kind> =>
    kinds.some((kind) => kind === source.kind);
  const fitting = all.filter(isFitting);
  const names = fitting.map((source) => source.name);
  if (name === undefined) {
    const [only, ...others] = fitting;
    if (only !== undefined && others.length === 0) return only;
    const message =
      only === undefined
        ? `\`${section.name}\` needs a sender, and \`driftloop.yaml\` names none under \`events\`.`
        : `Nothing says which sender \`${section.name}\` is about: ${names.join(', ')}.`;
    const hint = only === undefined ? `Add one of kind \`${kinds.join('`, `')}\`.` : 'Name it with `from`.';
    problems.error('CONFIG_EVENT_UNKNOWN', { ...section.place(), key: true }, { message, hint });
    return undefined;
  }
  const found = all.find((source) => source.name === name);
  if (found !== undefined && isFitting(found)) return found;
  const message =
    found === undefined
      ? `\`driftloop.yaml\` has no sender \`${name}\` under \`events\`.`
      : `\`${name}\` is of kind \`${found.kind}\` and sends nothing that \`${section.name}\` could be about.`;
  const hint =
    found === undefined ? suggest(name, names).hint : `Name one of kind \`${kinds.join('`, `')}\`.`;
  problems.error('CONFIG_EVENT_UNKNOWN', section.place('from'), { message, hint });
  return undefined;
}

/** GitLab has groups within groups; elsewhere what stands before the last two parts belongs to the server. */
function nameRepository(kind: ForgeKind, section: Section): string | undefined {
  const { file, input } = section.model;
  const parts = repositoryPath(input.source.repo).split('/');
  if (parts.length > 1) return (kind === 'gitlab' ? parts : parts.slice(-2)).join('/');
  section.context.problems.error(
    'CONFIG_TRIGGER_REPOSITORY',
    { file, path: ['source', 'repo'] },
    {
      message: `The URL does not say what the forge calls the repository.`,
      hint: `Write \`repository: owner/name\` in \`${section.name}\`.`,
    },
  );
  return undefined;
}

/** What Bitbucket sends about a push names no files. */
function refusePaths(
  { kind }: EventSource,
  filter: Pick<PushTrigger, 'paths' | 'ignorePaths'>,
  section: Section,
): void {
  if (!kind.startsWith('bitbucket')) return;
  for (const key of ['paths', 'ignorePaths'] as const) {
    if (filter[key].length === 0) continue;
    section.context.problems.error(
      'CONFIG_TRIGGER_PATHS',
      { ...section.place(key), key: true },
      {
        message: `Bitbucket does not say which files a push touches, so \`${key}\` cannot be looked at.`,
        hint: `Remove \`${key}\`: every push to the branches starts a run.`,
      },
    );
  }
}
