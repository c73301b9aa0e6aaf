import { z } from 'zod';
import { hostName } from '../texts.js';
import { placement, program, queue } from './program.js';

/** A TrainJob of Kubeflow Trainer. */
export const trainJobKeys = {
  ...program,
  image: program.image.optional(),
  ...placement,
  queue,
  runtime: hostName.describe('ClusterTrainingRuntime, such as `torch-distributed` (`engine: trainjob`).'),
  nodes: z.int().min(1).max(1000).describe('Number of nodes that train together (`engine: trainjob`).'),
};
