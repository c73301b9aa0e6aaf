import type { KeyPath } from '../load/key-path.js';
import type { EventSource, EventSourceKind } from '../model-triggers.js';
import type { Place } from '../problem-collector.js';
import type { ModelInput } from '../schema/model-schema.js';
import { suggest } from '../suggest.js';
import { resolveEvents } from './resolve-events.js';
import type { ModelContext, Written } from './resolve-model.js';

/** One section of `triggers`, with where its values and problems go. */
export class TriggerSection {
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
export function findSource<Kind extends EventSourceKind>(
  name: string | undefined,
  kinds: readonly Kind[],
  section: TriggerSection,
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
