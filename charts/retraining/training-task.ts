import type { Platform, Training } from '../../config/model.js';
import { toJson_TaskSpec } from '../../imports/tekton.dev.js';
import { describeDevices } from '../container-resources.js';
import { runFolders, runWorkspace, trainingVariables } from '../contract.js';
import { trainingStage } from './pipeline-graph.js';
import { clearOutput } from '../tasks/clear-output.js';
import { describeStep, homeVariable, restrictedStep, runVolume } from '../tasks/step-task.js';

/** Params of the training task. */
export const trainingParams = { commit: 'commit', environment: 'environment' } as const;

/**
 * The user's program in the user's image, in the folder of the fetched source, with an empty folder for its output.
 * It stands in the Pipeline itself, because it differs from model to model.
 */
export function trainingTaskSpec(platform: Platform, training: Training, model: string): unknown {
  const { cpu, memory } = training.resources;
  const volume = `$(workspaces.${runWorkspace}.path)`;
  const variables = {
    [homeVariable.name]: homeVariable.value,
    ...training.env,
    [trainingVariables.output]: `${volume}/${runFolders.output}`,
    [trainingVariables.model]: model,
    [trainingVariables.environment]: `$(params.${trainingParams.environment})`,
    [trainingVariables.commit]: `$(params.${trainingParams.commit})`,
  };
  return toJson_TaskSpec({
    params: [
      { name: trainingParams.commit, type: 'string', description: "Commit of the model's source." },
      {
        name: trainingParams.environment,
        type: 'string',
        description: 'Environment the run is for.',
      },
    ],
    workspaces: [runVolume],
    steps: [
      describeStep(clearOutput, platform),
      {
        name: trainingStage,
        image: training.image,
        ...(training.command.length === 0 ? {} : { command: [...training.command] }),
        ...(training.args.length === 0 ? {} : { args: [...training.args] }),
        workingDir: `${volume}/${runFolders.source}`,
        env: Object.entries(variables).map(([name, value]) => ({ name, value })),
        computeResources: {
          requests: { cpu, memory },
          limits: { cpu, memory, ...describeDevices(training.resources) },
        },
        securityContext: restrictedStep,
      },
    ],
  });
}
