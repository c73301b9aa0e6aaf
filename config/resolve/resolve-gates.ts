import { builtInChampion, builtInFairness, builtInSignificance } from '../catalogue/defaults.js';
import type { Band, ChampionPolicy, FairnessGate, Gates, LatencyGate } from '../model-gates.js';
import type { GatesInput } from '../schema/gates-schema.js';
import type { ModelInput } from '../schema/model-schema.js';
import { duration } from '../values/duration.js';
import type { GateSection } from './gate-section.js';
import { placeOfGate, refuseEmpty, refuseExpression } from './gate-section.js';
import type { Layer } from './layers.js';
import { mergeLayers } from './layers.js';
import { resolveMetricGate } from './resolve-metric-gate.js';
import type { ModelContext, Written } from './resolve-model.js';
import { refuseUnknownEnvironment } from './unknown-environment.js';

/** What the trained model must meet, everything sorted by metric; the platform's gates are for models that are trained. */
export function resolveGates(model: Written<ModelInput>, context: ModelContext): Gates {
  const layers = stackLayers(model, context);
  const merged: { readonly gates?: GatesInput } = mergeLayers(layers);
  context.recorder.record(model.input.model, merged, layers, ['gates']);
  const section = { layers, problems: context.problems };
  const gates = merged.gates ?? {};
  const compares = Object.values(gates.metrics ?? {}).some(({ improveOver }) => improveOver !== undefined);
  return {
    metrics: sorted(gates.metrics).map(([metric, gate]) => resolveMetricGate(metric, gate, section)),
    fairness: sorted(gates.fairness).map(([metric, gate]) => resolveFairness(metric, gate, section)),
    latency: resolveLatency(gates.latency),
    champion: resolveChampion(gates.champion, compares, section, context),
  };
}

function stackLayers(
  { file, input }: Written<ModelInput>,
  { platform }: ModelContext,
): readonly Layer<{ readonly gates?: GatesInput }>[] {
  const common = input.training === undefined ? undefined : platform.input.defaults?.gates;
  const written: readonly Layer<{ readonly gates?: GatesInput }>[] = [
    {
      name: 'platform defaults',
      data: common && { gates: common },
      written: { file: platform.file, base: ['defaults'] },
    },
    { name: 'model', data: { ...(input.gates && { gates: input.gates }) }, written: { file, base: [] } },
  ];
  const { gates } = mergeLayers(written);
  const data = gates === undefined ? undefined : { gates: defaultsOf(gates) };
  return [{ name: 'built-in default', data, written: undefined }, ...written];
}

/** Defaults of what is used; a default of something else would only be noise in `explain`. */
function defaultsOf({ metrics = {}, fairness = {} }: GatesInput): GatesInput {
  const tested = Object.entries(metrics).flatMap(([name, { test, tolerance }]) => {
    const minEffect = tolerance === undefined ? builtInSignificance.minEffect : 0;
    return test === undefined ? [] : [[name, { test: { ...builtInSignificance, minEffect } }] as const];
  });
  // The schema asks for a reference, which has no default.
  const bands = Object.keys(fairness).map((name) => [name, builtInFairness] as const);
  const compares = Object.values(metrics).some(({ improveOver }) => improveOver !== undefined);
  return {
    ...(tested.length > 0 && { metrics: Object.fromEntries(tested) }),
    ...(bands.length > 0 && { fairness: Object.fromEntries(bands) as GatesInput['fairness'] }),
    ...(compares && { champion: builtInChampion }),
  };
}

function resolveFairness(
  metric: string,
  { reference, spd, dir }: NonNullable<GatesInput['fairness']>[string],
  section: GateSection,
): FairnessGate {
  const path = ['fairness', metric];
  refuseExpression(section, { name: metric, what: 'metric' }, { ...placeOfGate(section, path), key: true });
  const place = placeOfGate(section, [...path, 'reference']);
  refuseExpression(section, { name: reference, what: 'group' }, place);
  const bands = { spd: fillBand(spd, builtInFairness.spd), dir: fillBand(dir, builtInFairness.dir) };
  for (const [name, band] of Object.entries(bands))
    refuseEmpty(section, { metric: `${metric}.${name}`, ...band }, [...path, name, 'min']);
  return { metric, reference, ...bands };
}

function fillBand({ min, max }: Partial<Record<keyof Band, number | undefined>> = {}, builtIn: Band): Band {
  return { min: min ?? builtIn.min, max: max ?? builtIn.max };
}

function resolveLatency(latency: GatesInput['latency'] = {}): readonly LatencyGate[] {
  return Object.entries(latency)
    .map(([percentile, limit]) => ({ percentile, max: duration(limit).milliseconds }))
    .sort((left, right) => Number(left.percentile.slice(1)) - Number(right.percentile.slice(1)));
}

function resolveChampion(
  champion: GatesInput['champion'],
  compares: boolean,
  section: GateSection,
  { environments, problems }: ModelContext,
): ChampionPolicy {
  const known = environments.map(({ name }) => name);
  if (champion?.environment !== undefined) {
    const place = placeOfGate(section, ['champion', 'environment']);
    refuseUnknownEnvironment(champion.environment, place, known, problems);
  }
  if (champion !== undefined && !compares) {
    const message = 'Nothing is compared with the champion.';
    const hint = 'Write `improveOver: champion` at a metric, or remove `champion`.';
    const place = { ...placeOfGate(section, ['champion']), key: true };
    problems.error('CONFIG_GATE_OPTION', place, { message, hint });
  }
  const { first = builtInChampion.first, data = builtInChampion.data } = champion ?? {};
  return { environment: champion?.environment ?? known[0], first, data };
}

function sorted<T>(entries: Readonly<Record<string, T>> = {}): readonly (readonly [string, T])[] {
  return Object.entries(entries).sort(([left], [right]) => (left < right ? -1 : 1));
}
