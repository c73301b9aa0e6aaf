import { builtInTraining } from '../catalogue/defaults.js';
import type { YamlFile } from '../load/yaml-file.js';
import type { Training } from '../model.js';
import type { ProblemCollector } from '../problem-collector.js';
import { reportIssue } from '../schema/check-schema.js';
import { jsonSchemas } from '../schema/json-schema.js';
import type { ModelInput } from '../schema/model-schema.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import { trainingSchema } from '../schema/training-schema.js';
import { checkTriggerCel } from '../values/cel.js';
import { duration } from '../values/duration.js';
import { canonicalQuantity } from '../values/quantity.js';
import { canonicalResources } from './canonical-resources.js';
import type { Layer } from './layers.js';
import { mergeLayers, placeIn } from './layers.js';
import { resolveAdmission } from './resolve-admission.js';
import type { OriginRecorder } from './origins.js';

interface TrainingContext {
  readonly input: ModelInput;
  readonly file: YamlFile;
  readonly platform: {
    readonly input: Pick<PlatformInput, 'defaults' | 'timeIntervals'>;
    readonly file: YamlFile;
  };
  readonly problems: ProblemCollector;
  readonly recorder: OriginRecorder;
}

/** How a new version is made; undefined when nothing trains the model, or it does not say enough. */
export function resolveTraining({
  input,
  file,
  platform,
  problems,
  recorder,
}: TrainingContext): Training | undefined {
  if (input.training === undefined) return undefined;
  const own = { name: 'model' as const, data: { training: input.training }, written: { file, base: [] } };
  const defaults = platform.input.defaults?.training;
  const layers: readonly Layer<object>[] = [
    { name: 'built-in default', data: { training: builtInTraining }, written: undefined },
    {
      name: 'platform defaults',
      data: { ...(defaults && { training: defaults }) },
      written: { file: platform.file, base: ['defaults'] },
    },
    own,
  ];
  const merged: { training?: unknown } = mergeLayers(layers);
  recorder.record(input.model, merged, layers, ['training']);
  const result = trainingSchema.safeParse(merged.training);
  if (result.success) {
    checkCondition(result.data.when, layers, problems);
    const { timeIntervals = {} } = platform.input;
    const admission = resolveAdmission(result.data.admission, { layers, timeIntervals, problems });
    return { ...canonical(result.data), admission };
  }
  for (const issue of result.error.issues) {
    reportIssue(
      { ...issue, path: ['training', ...issue.path] },
      {
        data: merged,
        placeOf: (path) => placeIn([own], path),
        describe: () => jsonSchemas().model,
        problems,
      },
    );
  }
  return undefined;
}

function checkCondition(
  when: string | undefined,
  layers: readonly Layer<object>[],
  problems: ProblemCollector,
): void {
  if (when === undefined) return;
  for (const { message, offset } of checkTriggerCel(when, 'filter')) {
    const place = { ...placeIn(layers, ['training', 'when']), index: offset };
    problems.error('CONFIG_CEL', place, {
      message: `The CEL condition is wrong: ${message.replace(/\.$/, '')}.`,
      hint: 'It must be true or false, and knows `body`, `header`, `extensions` and `requestURL`; text needs quotes.',
    });
  }
}

function canonical(training: ReturnType<typeof trainingSchema.parse>): Omit<Training, 'admission'> {
  const { image, command, args, env, retries, when, resources } = training;
  return {
    image,
    command,
    args,
    env,
    resources: canonicalResources(resources),
    timeout: duration(training.timeout),
    retries,
    storage: canonicalQuantity(training.storage),
    cooldown: duration(training.cooldown),
    when,
  };
}
