import { builtInEngines, builtInTraining } from '../catalogue/defaults.js';
import { valueAt } from '../load/key-path.js';
import type { EngineName } from '../model-engines.js';
import type { ProblemCollector } from '../problem-collector.js';
import { trainingKeys } from '../schema/training-schema.js';
import { suggest } from '../suggest.js';
import type { Layer } from './layers.js';
import { placeIn } from './layers.js';

export type TrainingLayer = Layer<{ readonly training?: object }>;

const engines = Object.keys(trainingKeys) as EngineName[]; // keys() forgets the names.

/** Which engine the layers choose; undefined: one that there is not, which the schema reports. */
export function chooseEngine(layers: readonly TrainingLayer[]): EngineName | undefined {
  const chosen = layers
    .map(({ data }) => valueAt(data, ['training', 'engine']))
    .findLast((engine) => engine !== undefined);
  return engines.find((engine) => engine === (chosen ?? builtInTraining.engine));
}

/** What the layers say to an engine, above its built-in defaults; defaults may have keys of others, for other models. */
export function layersOf(engine: EngineName, layers: readonly TrainingLayer[]): readonly TrainingLayer[] {
  const known = trainingKeys[engine];
  const written = layers.map((layer) => {
    const training = layer.data?.training;
    const kept = Object.entries(training ?? {}).filter(([key]) => known.includes(key));
    return training === undefined ? layer : { ...layer, data: { training: Object.fromEntries(kept) } };
  });
  const training = { ...builtInTraining, ...builtInEngines[engine], engine };
  const defined = Object.fromEntries(Object.entries(training).filter(([, value]) => value !== undefined));
  return [{ name: 'built-in default', data: { training: defined }, written: undefined }, ...written];
}

/** Keys of the model's own that mean nothing to its engine. */
export function refuseForeignKeys(
  own: TrainingLayer,
  engine: EngineName,
  problems: ProblemCollector,
): boolean {
  const known = trainingKeys[engine];
  const foreign = Object.keys(own.data?.training ?? {}).filter((key) => !known.includes(key));
  for (const key of foreign) {
    const others = engines.filter((each) => trainingKeys[each].includes(key));
    const place = { ...placeIn([own], ['training', key]), key: true };
    problems.error('CONFIG_KEY_UNKNOWN', place, {
      message: `\`training.${key}\` means nothing to \`engine: ${engine}\`.`,
      hint:
        others.length === 0
          ? `Remove it. ${suggest(key, known).hint}`
          : `Write \`engine: ${others.join('` or `')}\`, or remove the key.`,
    });
  }
  return foreign.length > 0;
}
