import { describeDevices } from '../../container-resources.js';
import { runFolders, runParams, trainingVariables } from '../../contract.js';
import { clearOutput } from '../../tasks/clear-output.js';
import { fetchSource } from '../../tasks/fetch-source.js';
import { programParams, volumePath } from '../../tasks/program-task.js';
import type { ProgramTask } from '../../tasks/program-task.js';
import { resultOf } from './stage.js';
import type { GraphContext, Stage } from './stage.js';

/** The user's program in the user's image, with an empty folder for its output. */
export function planTraining(context: GraphContext): readonly Stage[] {
  const { timeout, retries } = context.training;
  const { commit, environment } = programParams;
  return [
    {
      kind: 'program',
      name: 'train',
      params: {
        [commit.name]: resultOf(fetchSource, 'commit'),
        [environment.name]: `$(params.${runParams.environment})`,
      },
      timeout,
      retries,
      results: [],
      conditions: [],
      task: describeTraining(context),
    },
  ];
}

function describeTraining({ training, model }: GraphContext): ProgramTask {
  const { image, command, args, env, resources } = training;
  const { cpu, memory } = resources;
  const { commit, environment } = programParams;
  return {
    step: 'train',
    image,
    command,
    args,
    env: {
      ...env,
      [trainingVariables.output]: `${volumePath}/${runFolders.output}`,
      [trainingVariables.model]: model.name,
      [trainingVariables.environment]: `$(params.${environment.name})`,
      [trainingVariables.commit]: `$(params.${commit.name})`,
    },
    secretEnv: {},
    resources: { requests: { cpu, memory }, limits: { cpu, memory, ...describeDevices(resources) } },
    params: [commit, environment],
    writes: true,
    before: [clearOutput],
  };
}
