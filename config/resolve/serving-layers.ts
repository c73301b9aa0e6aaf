import {
  builtInAutoscaling,
  builtInServing,
  builtInServingAccount,
  builtInServer,
  builtInTransformer,
} from '../catalogue/defaults.js';
import { valueAt } from '../load/key-path.js';
import type { Profile } from '../model.js';
import type { ProblemCollector } from '../problem-collector.js';
import type { Overridable } from '../schema/overridable-schema.js';
import { alternativeKeys } from '../schema/serving-schema.js';
import type { Layer } from './layers.js';
import { isMap, placeIn } from './layers.js';

type ServingLayer = Layer<{ readonly serving?: object }>;

/** What the layers say about serving, without keys of another kind: defaults may have them, for other models. */
export function keepServing(
  layers: readonly Layer<Overridable>[],
  known: readonly string[],
): readonly ServingLayer[] {
  return layers.map((layer) => {
    const serving = valueAt(layer.data, ['serving']);
    if (!isMap(serving)) return { ...layer, data: undefined };
    const kept = Object.entries(serving).filter(([key]) => known.includes(key));
    return { ...layer, data: { serving: Object.fromEntries(kept) } };
  });
}

/** Of keys that exclude each other only the strongest layer's is left; a layer with both contradicts itself. */
export function settleAlternatives(
  layers: readonly ServingLayer[],
  problems: ProblemCollector,
): readonly ServingLayer[] {
  return alternativeKeys.reduce((settled, [first, second]) => {
    const owner = settled.findLast((layer) => says(layer, first) || says(layer, second));
    if (owner === undefined) return settled;
    if (says(owner, first) && says(owner, second)) {
      problems.error(
        'CONFIG_SERVING_CONFLICT',
        { ...placeIn([owner], ['serving', second]), key: true },
        {
          message: `\`serving.${second}\` and \`serving.${first}\` exclude each other.`,
          hint: 'Remove one of the two.',
        },
      );
    }
    const dropped = says(owner, second) ? first : second;
    return settled.map((layer) => without(layer, dropped));
  }, layers);
}

/** Defaults of what is there, because a default of one metric or part means nothing to another. */
export function builtInLayer(
  kind: keyof typeof builtInServing,
  written: object,
  profile: Profile | undefined,
): ServingLayer {
  const metric = valueAt(written, ['serving', 'autoscaling', 'metric']) ?? builtInAutoscaling.metric;
  const { target, ...autoscaling } = builtInAutoscaling;
  const parts = {
    autoscaling: metric === 'cpu' || metric === 'memory' ? { ...autoscaling, target } : autoscaling,
    serviceAccount: builtInServingAccount,
    server: builtInServer,
    transformer: builtInTransformer,
  };
  const present = Object.entries(parts).filter(([key]) => valueAt(written, ['serving', key]) !== undefined);
  const exposed = valueAt(written, ['serving', 'exposed']) === true;
  const guarded = kind === 'inferenceservice' && profile === 'openshift' ? { authentication: exposed } : {};
  const serving = { ...builtInServing[kind], ...guarded, ...Object.fromEntries(present) };
  return { name: 'built-in default', data: { serving }, written: undefined };
}

function says(layer: ServingLayer, key: string): boolean {
  return valueAt(layer.data, ['serving', key]) !== undefined;
}

function without(layer: ServingLayer, dropped: string): ServingLayer {
  const kept = Object.entries(layer.data?.serving ?? {}).filter(([key]) => key !== dropped);
  return layer.data === undefined ? layer : { ...layer, data: { serving: Object.fromEntries(kept) } };
}
