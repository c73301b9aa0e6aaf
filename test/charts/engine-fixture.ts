import type { Training } from '../../config/model.js';
import { training } from './retraining-fixture.js';

const workers = { count: 2, resources: { cpu: '2', memory: '4Gi', devices: { 'nvidia.com/gpu': 1 } } };

/** The same training, handed over. */
export const jobTraining: Training = { ...training, engine: 'job', queue: undefined };

export const trainJobTraining: Training = {
  ...training,
  engine: 'trainjob',
  accessMode: 'ReadWriteMany',
  image: undefined,
  queue: 'team',
  runtime: 'torch-distributed',
  nodes: 2,
};

export const rayTraining: Training = {
  ...training,
  engine: 'rayjob',
  args: ["it's", 'a b'],
  queue: undefined,
  rayVersion: '2.52.0',
  workers,
};

export const sparkTraining: Training = {
  ...training,
  engine: 'spark',
  mainFile: 'jobs/train.py',
  sparkVersion: '4.0.0',
  serviceAccount: 'spark',
  workers,
};
