import type { Model, Platform, Training } from '../../../config/model.js';
import { describeJob } from './job.js';
import { describeRayJob } from './rayjob.js';
import { describeSpark } from './spark.js';
import { describeTrainJob } from './trainjob.js';

/** What a training is handed over to; undefined: the run trains by itself. */
export function describeTrainingObject(platform: Platform, model: Model, training: Training): unknown {
  const surroundings = { platform, model: model.name, hasData: model.data !== undefined };
  switch (training.engine) {
    case 'job':
      return describeJob({ ...surroundings, training });
    case 'trainjob':
      return describeTrainJob({ ...surroundings, training });
    case 'rayjob':
      return describeRayJob({ ...surroundings, training });
    case 'spark':
      return describeSpark({ ...surroundings, training });
    case 'container':
      return undefined;
  }
}
