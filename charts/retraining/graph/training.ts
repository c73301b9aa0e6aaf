import type { ContainerEngine, Training } from '../../../config/model.js';
import { duration } from '../../../config/values/duration.js';
import type { Duration } from '../../../config/values/duration.js';
import { limitResources } from '../../container-resources.js';
import { runFolders, runParams, trainingVariables } from '../../contract.js';
import { engineGrace, noSnapshot } from '../../engine-contract.js';
import { clearOutput } from '../../tasks/clear-output.js';
import { fetchSource } from '../../tasks/fetch-source.js';
import { programParams, volumePath } from '../../tasks/program-task.js';
import type { ProgramTask } from '../../tasks/program-task.js';
import { train } from '../../tasks/train.js';
import { describeTrainingObject } from '../engines/describe-object.js';
import { snapshotOfRun } from './data.js';
import { resultOf, runName, runUid, stepStage } from './stage.js';
import type { GraphContext, Stage } from './stage.js';

/** Name of the stage that trains, whatever does it. */
const trainingStage = 'train';

/** By the engine of the model: a step of the run in the user's image, or one of ours that hands the training over. */
export function planTraining(context: GraphContext): readonly Stage[] {
  const { training } = context;
  return [training.engine === 'container' ? planProgram(context, training) : planHandOver(context, training)];
}

function planHandOver({ platform, model }: GraphContext, training: Training): Stage {
  const params = {
    model: model.name,
    environment: `$(params.${runParams.environment})`,
    run: runName,
    runUid,
    commit: resultOf(fetchSource, 'commit'),
    snapshot: model.data === undefined ? noSnapshot : snapshotOfRun,
    attempts: String(training.retries + 1),
    timeout: String(Math.ceil(training.timeout.milliseconds / 1000)),
  };
  const object = JSON.stringify(describeTrainingObject(platform, model, training), undefined, 2);
  return stepStage(train, { ...params, object }, { name: trainingStage, timeout: limitHandOver(training) });
}

/** Every attempt may end by its own deadline; the step knows the attempts before a restart, so it needs no more. */
function limitHandOver({ timeout, retries }: Training): Duration {
  const start = duration('5m').milliseconds;
  return { milliseconds: (timeout.milliseconds + engineGrace) * (retries + 1) + start };
}

function planProgram(context: GraphContext, training: Training & ContainerEngine): Stage {
  const { timeout, retries } = training;
  const { commit, environment, snapshot } = programParams;
  return {
    kind: 'program',
    name: trainingStage,
    params: {
      [commit.name]: resultOf(fetchSource, 'commit'),
      [environment.name]: `$(params.${runParams.environment})`,
      ...(context.model.data === undefined ? {} : { [snapshot.name]: snapshotOfRun }),
    },
    timeout,
    retries,
    results: [],
    conditions: [],
    task: describeTraining(context, training),
  };
}

/** The user's program in the user's image, with an empty folder for its output. */
function describeTraining({ model }: GraphContext, training: ContainerEngine): ProgramTask {
  const { image, command, args, env, resources } = training;
  const { commit, environment, snapshot } = programParams;
  const hasData = model.data !== undefined;
  return {
    step: trainingStage,
    image,
    command,
    args,
    env: {
      ...env,
      [trainingVariables.source]: `${volumePath}/${runFolders.source}`,
      [trainingVariables.output]: `${volumePath}/${runFolders.output}`,
      ...(hasData
        ? {
            [trainingVariables.data]: `${volumePath}/${runFolders.data}`,
            [trainingVariables.snapshot]: `$(params.${snapshot.name})`,
          }
        : {}),
      [trainingVariables.model]: model.name,
      [trainingVariables.environment]: `$(params.${environment.name})`,
      [trainingVariables.commit]: `$(params.${commit.name})`,
    },
    secretEnv: {},
    resources: limitResources(resources),
    params: [commit, environment, ...(hasData ? [snapshot] : [])],
    writes: true,
    before: [clearOutput],
  };
}
