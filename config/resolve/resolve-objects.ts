import type { ObjectTrigger } from '../model-triggers.js';
import { storeKinds } from '../model-triggers.js';
import type { ModelInput } from '../schema/model-schema.js';
import type { ModelContext, Written } from './resolve-model.js';
import { findSource, TriggerSection } from './trigger-section.js';

/** `triggers.objects`. */
export function resolveObjects(model: Written<ModelInput>, context: ModelContext): ObjectTrigger | undefined {
  const objects = model.input.triggers?.objects;
  if (objects === undefined) return undefined;
  const { bucket, prefix = '', suffix = '' } = objects;
  const section = new TriggerSection(model, context, ['triggers', 'objects']);
  section.recordDefaults({ prefix, suffix });
  const store = findSource(objects.from, storeKinds, section);
  if (store === undefined) return undefined;
  section.recordDefaults({ from: store.name });
  if (prefix === '' && suffix === '') warnOfEverything(bucket, section);
  return { store, bucket, prefix, suffix };
}

function warnOfEverything(bucket: string, section: TriggerSection): void {
  const message = `Every object that is written to \`${bucket}\` starts a run.`;
  const hint = 'Name a `prefix`, or as `suffix` that of an object which is written last.';
  section.context.problems.warn('CONFIG_TRIGGER_OBJECTS', section.place('bucket'), { message, hint });
}
