import { builtInRollout } from '../catalogue/defaults.js';
import type { YamlFile } from '../load/yaml-file.js';
import type { Serving } from '../model.js';
import type { Promotion, Rollout, SmokeRequest } from '../model-rollout.js';
import type { ModelInput } from '../schema/model-schema.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import { promotionSchema, rolloutSchema } from '../schema/rollout-schema.js';
import type { SmokeRequestInput } from '../schema/rollout-schema.js';
import { duration } from '../values/duration.js';
import type { Layer } from './layers.js';
import { mergeLayers } from './layers.js';
import type { OriginRecorder } from './origins.js';

interface RolloutContext {
  readonly input: ModelInput;
  readonly file: YamlFile;
  readonly platform: {
    readonly input: Pick<PlatformInput, 'defaults' | 'delivery'>;
    readonly file: YamlFile;
  };
  readonly recorder: OriginRecorder;
  /** How the model is served in the environment that receives releases; undefined: somebody else serves it. */
  readonly serving: Serving | undefined;
}

/** What becomes of what a run has released. Of a model that nothing trains, nobody asks it, and nothing is recorded. */
export function resolveRollout(context: RolloutContext): {
  readonly rollout: Rollout;
  readonly promotion: Promotion;
} {
  const { input, file, platform, recorder } = context;
  const { defaults } = platform.input;
  const layers: readonly Layer<object>[] = [
    { name: 'built-in default', data: describeDefaults(context), written: undefined },
    {
      name: 'platform defaults',
      data: { rollout: defaults?.rollout, promotion: defaults?.promotion },
      written: { file: platform.file, base: ['defaults'] },
    },
    {
      name: 'model',
      data: { rollout: input.rollout, promotion: input.promotion },
      written: { file, base: [] },
    },
  ];
  const merged: { rollout?: unknown; promotion?: unknown } = mergeLayers(layers);
  if (input.training !== undefined || input.rollout !== undefined)
    recorder.record(input.model, merged, layers, ['rollout']);
  if (input.training !== undefined || input.promotion !== undefined)
    recorder.record(input.model, merged, layers, ['promotion']);
  const { wait, timeout, smokeTest = [] } = rolloutSchema.parse(merged.rollout);
  return {
    rollout: { wait, timeout: duration(timeout), smokeTest: smokeTest.map(resolveRequest) },
    promotion: promotionSchema.parse(merged.promotion),
  };
}

/** Only the platform can tell whether there is somebody to open a pull request as. */
function describeDefaults({ platform, serving }: RolloutContext): object {
  const smokeTest = serving?.kind === 'deployment' ? [{ path: serving.readinessPath }] : [];
  const promotion: Promotion = platform.input.delivery?.tokenSecret === undefined ? 'none' : 'pull-request';
  return { rollout: { ...builtInRollout, smokeTest }, promotion };
}

function resolveRequest({ path, body, bodyFile, expect = {} }: SmokeRequestInput): SmokeRequest {
  const { status = 200, schema, values = {}, latency } = expect;
  return {
    path,
    body,
    bodyFile,
    status,
    schema,
    values: Object.entries(values).map(([pointer, { min, max }]) => ({ pointer, min, max })),
    latency: latency === undefined ? undefined : duration(latency),
  };
}
