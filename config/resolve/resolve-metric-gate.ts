import { builtInSignificance } from '../catalogue/defaults.js';
import type { Metric } from '../catalogue/metric.js';
import { gateMetrics } from '../catalogue/metrics.js';
import { meaningOf } from '../catalogue/value-kinds.js';
import type { KeyPath } from '../load/key-path.js';
import type { Improvement, MetricGate, SignificanceTest } from '../model-gates.js';
import type { GateInput } from '../schema/gates-schema.js';
import type { GateSection } from './gate-section.js';
import { placeOfGate, refuseEmpty, refuseExpression } from './gate-section.js';

/** One metric's bounds, and how it is compared with the champion. */
export function resolveMetricGate(metric: string, gate: GateInput, section: GateSection): MetricGate {
  const path = ['metrics', metric];
  const { min, max, improveOver } = gate;
  const place = { ...placeOfGate(section, path), key: true };
  refuseExpression(section, { name: metric, what: 'metric' }, place);
  if (min === undefined && max === undefined && improveOver === undefined) {
    const message = `The gate on \`${metric}\` has neither \`min\` nor \`max\`, so it lets everything pass.`;
    const hint = 'Give it one of them, or `improveOver: champion`, or remove the gate.';
    section.problems.error('CONFIG_BOUNDS', place, { message, hint });
  }
  if (min !== undefined && max !== undefined) refuseEmpty(section, { metric, min, max }, [...path, 'min']);
  const known = gateMetrics.find(({ name }) => name === metric.toLowerCase().replace(/^r\^2$|^r²$/, 'r2'));
  if (known !== undefined) refuseImplausible(metric, gate, known, section);
  refuseUseless(gate, path, section);
  return { metric, min, max, improvement: resolveImprovement(metric, gate, known, section) };
}

function refuseImplausible(
  metric: string,
  { min, max }: GateInput,
  known: Metric,
  section: GateSection,
): void {
  const { words, plausible, reason } = meaningOf(known.value);
  for (const [key, bound] of Object.entries({ min, max })) {
    if (bound === undefined || (bound >= plausible.from && bound <= plausible.to)) continue;
    const percent = plausible.to === 1 && bound > 1 && bound <= 100;
    const message = `\`${key}: ${bound}\` makes no sense: \`${metric}\` is ${words}. ${reason}.`;
    const hint = percent
      ? `Did you mean \`${bound / 100}\`, which is ${bound} %?`
      : 'Choose a bound that the metric can reach.';
    const place = placeOfGate(section, ['metrics', metric, key]);
    section.problems.error('CONFIG_THRESHOLD_MEANING', place, { message, hint });
  }
}

/** Options that say something about an improvement. */
const improvementKeys = ['better', 'minImprovement', 'tolerance', 'test'] as const;

function refuseUseless(gate: GateInput, path: KeyPath, section: GateSection): void {
  if (gate.improveOver === undefined) {
    for (const key of improvementKeys.filter((name) => gate[name] !== undefined)) {
      const message = `\`${key}\` has no effect without \`improveOver\`.`;
      const hint = `Write \`improveOver: champion\`, or remove \`${key}\`.`;
      const place = { ...placeOfGate(section, [...path, key]), key: true };
      section.problems.error('CONFIG_GATE_OPTION', place, { message, hint });
    }
  } else if (gate.tolerance !== undefined) refuseContradiction(gate, path, section);
}

function refuseContradiction({ minImprovement, test }: GateInput, path: KeyPath, section: GateSection): void {
  const refuse = (keys: KeyPath, name: string) => {
    const message = `\`tolerance\` allows a worse model, and \`${name}\` asks for a better one.`;
    const place = { ...placeOfGate(section, [...path, ...keys]), key: true };
    section.problems.error('CONFIG_GATE_OPTION', place, { message, hint: 'Remove one of them.' });
  };
  if (minImprovement !== undefined) refuse(['minImprovement'], 'minImprovement');
  if (test?.minEffect !== undefined && test.minEffect > 0) refuse(['test', 'minEffect'], 'minEffect');
}

function resolveImprovement(
  metric: string,
  { improveOver, better, minImprovement, tolerance, test }: GateInput,
  known: Metric | undefined,
  section: GateSection,
): Improvement | undefined {
  if (improveOver === undefined) return undefined;
  const direction = better ?? (known && betterOf(known));
  if (direction !== undefined)
    return { better: direction, minImprovement, tolerance, test: resolveTest(test, tolerance) };
  const message = `Nobody knows which values of \`${metric}\` are better.`;
  const hint = 'Write `better: higher`, or `better: lower`.';
  const place = { ...placeOfGate(section, ['metrics', metric]), key: true };
  section.problems.error('CONFIG_GATE_DIRECTION', place, { message, hint });
  return undefined;
}

/** What is bad when it is above a threshold is better when it is lower. */
function betterOf({ value }: Metric): Improvement['better'] | undefined {
  const [bad] = meaningOf(value).directions;
  return bad === 'outside' ? undefined : bad === 'above' ? 'lower' : 'higher';
}

function resolveTest(test: GateInput['test'], tolerance: number | undefined): SignificanceTest | undefined {
  if (test === undefined) return undefined;
  const { significance, minSamples } = builtInSignificance;
  const minEffect = tolerance === undefined ? builtInSignificance.minEffect : 0;
  return {
    significance: test.significance ?? significance,
    minSamples: test.minSamples ?? minSamples,
    minEffect: test.minEffect ?? minEffect,
  };
}
