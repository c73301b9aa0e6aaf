import { builtInCheck } from '../catalogue/defaults.js';
import type { Check } from '../model.js';
import type { ChecksInput } from '../schema/checks-schema.js';
import type { ModelInput } from '../schema/model-schema.js';
import { duration } from '../values/duration.js';
import { canonicalQuantity } from '../values/quantity.js';
import type { Layer } from './layers.js';
import { mergeLayers } from './layers.js';
import type { OriginRecorder } from './origins.js';
import type { Written } from './resolve-model.js';

/** The checks of a model, sorted by name. */
export function resolveChecks({ file, input }: Written<ModelInput>, recorder: OriginRecorder): Check[] {
  const checks = input.checks ?? {};
  const defaults = Object.fromEntries(Object.keys(checks).map((name) => [name, builtInCheck]));
  const layers: readonly Layer<object>[] = [
    { name: 'built-in default', data: { checks: defaults }, written: undefined },
    { name: 'model', data: { checks }, written: { file, base: [] } },
  ];
  if (Object.keys(checks).length > 0) recorder.record(input.model, mergeLayers(layers), layers, ['checks']);
  return Object.entries(checks)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, check]) => resolveCheck(name, check));
}

function resolveCheck(name: string, check: ChecksInput[string]): Check {
  const { image, command, args = [], env = {}, secretEnv = {}, timeout = builtInCheck.timeout } = check;
  const { cpu = builtInCheck.resources.cpu, memory = builtInCheck.resources.memory } = check.resources ?? {};
  return {
    name,
    image,
    command,
    args,
    env,
    secretEnv,
    resources: { cpu: canonicalQuantity(cpu), memory: canonicalQuantity(memory) },
    timeout: duration(timeout),
  };
}
