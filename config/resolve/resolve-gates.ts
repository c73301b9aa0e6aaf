import { gateMetrics } from '../catalogue/metrics.js';
import { meaningOf } from '../catalogue/value-kinds.js';
import type { KeyPath } from '../load/key-path.js';
import type { YamlFile } from '../load/yaml-file.js';
import type { MetricGate } from '../model.js';
import type { ProblemCollector } from '../problem-collector.js';
import type { ModelInput } from '../schema/model-schema.js';

/** Thresholds of the trained model, sorted by metric. */
export function resolveGates(
  input: ModelInput,
  file: YamlFile,
  problems: ProblemCollector,
): readonly MetricGate[] {
  return Object.entries(input.gates?.metrics ?? {})
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([metric, { min, max }]) => {
      const gate = { metric, min, max };
      checkGate(gate, file, ['gates', 'metrics', metric], problems);
      return gate;
    });
}

function checkGate(
  { metric, min, max }: MetricGate,
  file: YamlFile,
  path: KeyPath,
  problems: ProblemCollector,
): void {
  if (metric.includes('$(')) {
    const message = `The metric \`${metric}\` contains \`$(\`, which Tekton would expand or refuse.`;
    const hint = 'Give the metric another name in `metrics.json`.';
    problems.error('CONFIG_TEKTON_EXPRESSION', { file, path, key: true }, { message, hint });
  }
  if (min === undefined && max === undefined) {
    const message = `The gate on \`${metric}\` has neither \`min\` nor \`max\`, so it lets everything pass.`;
    const hint = 'Give it one of them, or remove the gate.';
    problems.error('CONFIG_BOUNDS', { file, path, key: true }, { message, hint });
  }
  if (min !== undefined && max !== undefined && min > max) {
    const message = `Nothing can pass the gate on \`${metric}\`: \`min\` ${min} is above \`max\` ${max}.`;
    const hint = 'Exchange them, or remove one.';
    problems.error('CONFIG_BOUNDS', { file, path: [...path, 'min'] }, { message, hint });
  }
  const known = gateMetrics.find(({ name }) => name === metric.toLowerCase().replace(/^r\^2$|^r²$/, 'r2'));
  if (known === undefined) return;
  const { words, plausible, reason } = meaningOf(known.value);
  for (const [key, bound] of Object.entries({ min, max })) {
    if (bound === undefined || (bound >= plausible.from && bound <= plausible.to)) continue;
    const percent = plausible.to === 1 && bound > 1 && bound <= 100;
    const message = `\`${key}: ${bound}\` makes no sense: \`${metric}\` is ${words}. ${reason}.`;
    const hint = percent
      ? `Did you mean \`${bound / 100}\`, which is ${bound} %?`
      : 'Choose a bound that the metric can reach.';
    problems.error('CONFIG_THRESHOLD_MEANING', { file, path: [...path, key] }, { message, hint });
  }
}
