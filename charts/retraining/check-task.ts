import type { Check } from '../../config/model.js';
import { toJson_TaskSpec } from '../../imports/tekton.dev.js';
import { runFolders, runWorkspace, trainingVariables } from '../contract.js';
import { homeVariable, restrictedStep, runVolume } from '../tasks/step-task.js';
import { trainingParams } from './training-task.js';

/**
 * A check of the user's in the user's image, in the folder of the fetched source. It cannot write there, so that what
 * is trained is what was checked, and checks that run side by side do not see each other.
 */
export function checkTaskSpec(check: Check, model: string): unknown {
  const { cpu, memory } = check.resources;
  const variables = {
    [homeVariable.name]: homeVariable.value,
    ...check.env,
    [trainingVariables.model]: model,
    [trainingVariables.commit]: `$(params.${trainingParams.commit})`,
  };
  return toJson_TaskSpec({
    params: [{ name: trainingParams.commit, type: 'string', description: "Commit of the model's source." }],
    workspaces: [{ ...runVolume, readOnly: true }],
    steps: [
      {
        name: 'check',
        image: check.image,
        command: [...check.command],
        ...(check.args.length === 0 ? {} : { args: [...check.args] }),
        workingDir: `$(workspaces.${runWorkspace}.path)/${runFolders.source}`,
        env: [
          ...Object.entries(variables).map(([name, value]) => ({ name, value })),
          ...Object.entries(check.secretEnv).map(([name, { name: secret, key }]) => ({
            name,
            valueFrom: { secretKeyRef: { name: secret, key } },
          })),
        ],
        computeResources: { requests: { cpu, memory }, limits: { cpu, memory } },
        securityContext: restrictedStep,
      },
    ],
  });
}
