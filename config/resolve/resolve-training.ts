import type { YamlFile } from '../load/yaml-file.js';
import type { Training } from '../model.js';
import type { ProblemCollector } from '../problem-collector.js';
import { reportIssue } from '../schema/check-schema.js';
import { jsonSchemas } from '../schema/json-schema.js';
import type { ModelInput } from '../schema/model-schema.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import type { TrainingInput } from '../schema/training-schema.js';
import { trainingSchema } from '../schema/training-schema.js';
import { checkTriggerCel } from '../values/cel.js';
import { canonicalTraining } from './canonical-training.js';
import type { Layer } from './layers.js';
import { mergeLayers, placeIn } from './layers.js';
import { resolveAdmission } from './resolve-admission.js';
import type { OriginRecorder } from './origins.js';
import type { TrainingLayer } from './training-layers.js';
import { chooseEngine, layersOf, refuseForeignKeys } from './training-layers.js';

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
export function resolveTraining(context: TrainingContext): Training | undefined {
  const { input, file, platform, problems, recorder } = context;
  if (input.training === undefined) return undefined;
  const own = { name: 'model' as const, data: { training: input.training }, written: { file, base: [] } };
  const defaults = platform.input.defaults?.training;
  const written: readonly TrainingLayer[] = [
    {
      name: 'platform defaults',
      data: { ...(defaults && { training: defaults }) },
      written: { file: platform.file, base: ['defaults'] },
    },
    own,
  ];
  const engine = chooseEngine(written);
  if (engine === undefined) throw new Error('the schema has let an engine through that there is not');
  const foreign = refuseForeignKeys(own, engine, problems);
  const layers = layersOf(engine, written);
  const merged: { training?: unknown } = mergeLayers(layers);
  recorder.record(input.model, merged, layers, ['training']);
  const training = checkTraining(merged, own, problems);
  if (training === undefined) return undefined;
  checkCondition(training.when, layers, problems);
  const { timeIntervals = {} } = platform.input;
  const admission = resolveAdmission(training.admission, { layers, timeIntervals, problems });
  return foreign ? undefined : { ...canonicalTraining(training), admission };
}

function checkTraining(
  merged: { training?: unknown },
  own: TrainingLayer,
  problems: ProblemCollector,
): TrainingInput | undefined {
  const result = trainingSchema.safeParse(merged.training);
  for (const issue of result.error?.issues ?? []) {
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
  return result.data;
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
