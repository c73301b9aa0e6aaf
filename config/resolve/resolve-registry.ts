import type { RegistryEvent, RegistryTrigger } from '../model-triggers.js';
import { registryKinds } from '../model-triggers.js';
import type { ModelInput } from '../schema/model-schema.js';
import type { TriggersInput } from '../schema/trigger-schema.js';
import type { ModelContext, Written } from './resolve-model.js';
import { findSource, TriggerSection } from './trigger-section.js';

/** `triggers.registry`. */
export function resolveRegistry(
  model: Written<ModelInput>,
  context: ModelContext,
): RegistryTrigger | undefined {
  const written = model.input.triggers?.registry;
  if (written === undefined) return undefined;
  const section = new TriggerSection(model, context, ['triggers', 'registry']);
  if (written.alias !== undefined && written.tag !== undefined) refuseBoth(section);
  const registry = findSource(written.from, registryKinds, section);
  if (registry === undefined) return undefined;
  section.recordDefaults({ from: registry.name });
  const on = readEvent(written);
  if (on.kind === 'version' && written.model === model.input.model) warnOfLoop(written.model, section);
  return { registry, model: written.model, on };
}

function readEvent({ alias, tag }: NonNullable<TriggersInput['registry']>): RegistryEvent {
  if (alias !== undefined) return { kind: 'alias', alias };
  return tag === undefined ? { kind: 'version' } : { kind: 'tag', key: tag.key, value: tag.value };
}

function refuseBoth(section: TriggerSection): void {
  const message = 'A trigger waits for an alias or for a tag, not for both.';
  const hint = 'Remove `alias` or `tag`.';
  section.context.problems.error(
    'CONFIG_TRIGGER_REGISTRY',
    { ...section.place('tag'), key: true },
    { message, hint },
  );
}

/** Nobody here knows what a training registers. */
function warnOfLoop(name: string, section: TriggerSection): void {
  const message = `If the training registers what it makes as \`${name}\`, every run starts the next one.`;
  const hint = 'Wait for an `alias` or a `tag` that people set.';
  section.context.problems.warn('CONFIG_TRIGGER_REGISTRY', section.place('model'), { message, hint });
}
