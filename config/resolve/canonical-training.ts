import type { Placement, RunSettings, TrainingEngine, Workers } from '../model.js';
import type { TrainingInput } from '../schema/training-schema.js';
import { duration } from '../values/duration.js';
import { canonicalQuantity } from '../values/quantity.js';
import { canonicalResources } from './canonical-resources.js';

/** What the layers say, as Kubernetes spells it; what admission needs besides is not in it. */
export function canonicalTraining(input: TrainingInput): Omit<RunSettings, 'admission'> & TrainingEngine {
  const { storageClass, accessMode, retries, when } = input;
  const run = {
    timeout: duration(input.timeout),
    retries,
    storage: canonicalQuantity(input.storage),
    storageClass,
    accessMode,
    cooldown: duration(input.cooldown),
    when,
  };
  return { ...run, ...canonicalEngine(input) };
}

function canonicalEngine(input: TrainingInput) {
  switch (input.engine) {
    case 'container':
      return { engine: input.engine, ...programOf(input), ...placementOf(input) };
    case 'job':
      return { engine: input.engine, ...programOf(input), ...placementOf(input), queue: input.queue };
    case 'trainjob': {
      const { engine, queue, runtime, nodes } = input;
      return { engine, ...programOf(input), ...placementOf(input), queue, runtime, nodes };
    }
    case 'rayjob': {
      const { engine, queue, rayVersion } = input;
      const workers = workersOf(input);
      return { engine, ...programOf(input), ...placementOf(input), queue, rayVersion, workers };
    }
    case 'spark': {
      const { engine, image, args, env, mainFile, sparkVersion, serviceAccount } = input;
      const program = { image, args, env, resources: canonicalResources(input.resources) };
      const workers = workersOf(input);
      return { engine, ...program, ...placementOf(input), mainFile, sparkVersion, serviceAccount, workers };
    }
  }
}

type WithProgram = Extract<TrainingInput, { command: unknown }>;

function programOf<Input extends WithProgram>({ image, command, args, env, resources }: Input) {
  // Only a TrainJob may have none.
  return { image: image as Input['image'], command, args, env, resources: canonicalResources(resources) };
}

function placementOf({
  nodeSelector,
  tolerations,
}: Extract<TrainingInput, { tolerations: unknown }>): Placement {
  return {
    nodeSelector,
    tolerations: tolerations.map(({ key, value, effect }) => ({ key, value, effect })),
  };
}

function workersOf({ workers }: Extract<TrainingInput, { workers: unknown }>): Workers {
  return { count: workers.count, resources: canonicalResources(workers.resources) };
}
