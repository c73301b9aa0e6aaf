import { builtInSchedule } from '../catalogue/defaults.js';
import type { RunTriggers, ScheduleTrigger } from '../model-triggers.js';
import type { ModelInput } from '../schema/model-schema.js';
import { duration } from '../values/duration.js';
import type { Layer } from './layers.js';
import type { ModelContext, Written } from './resolve-model.js';
import { resolveObjects } from './resolve-objects.js';
import { resolvePush } from './resolve-push.js';
import { resolveRegistry } from './resolve-registry.js';
import { TriggerSection } from './trigger-section.js';

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
    objects: resolveObjects(model, context),
    registry: resolveRegistry(model, context),
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
  new TriggerSection(model, context, ['triggers', 'schedule']).recordDefaults({ timeZone, startingDeadline });
  return { cron, timeZone, startingDeadline: duration(startingDeadline) };
}
