import { builtInData } from '../catalogue/defaults.js';
import type { DataCollection } from '../model.js';
import type { ModelInput } from '../schema/model-schema.js';
import { duration } from '../values/duration.js';
import { canonicalResources } from './canonical-resources.js';
import type { Layer } from './layers.js';
import { mergeLayers } from './layers.js';
import type { OriginRecorder } from './origins.js';
import type { Written } from './resolve-model.js';

/** How the data of a training is fetched; undefined: the training does it by itself. */
export function resolveData(
  { file, input }: Written<ModelInput>,
  recorder: OriginRecorder,
): DataCollection | undefined {
  const { data } = input;
  if (data === undefined) return undefined;
  const layers: readonly Layer<object>[] = [
    { name: 'built-in default', data: { data: builtInData }, written: undefined },
    { name: 'model', data: { data }, written: { file, base: [] } },
  ];
  recorder.record(input.model, mergeLayers(layers), layers, ['data']);
  const { image, command, args = [], env = {}, secretEnv = {} } = data;
  const { timeout = builtInData.timeout, retries = builtInData.retries } = data;
  const resources = canonicalResources({ ...builtInData.resources, ...withoutGaps(data.resources ?? {}) });
  return { image, command, args, env, secretEnv, resources, timeout: duration(timeout), retries };
}

function withoutGaps(resources: NonNullable<NonNullable<ModelInput['data']>['resources']>) {
  const { cpu, memory, devices } = resources;
  return {
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory }),
    ...(devices === undefined ? {} : { devices }),
  };
}
