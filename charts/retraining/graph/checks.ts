import type { Check } from '../../../config/model.js';
import { trainingVariables } from '../../contract.js';
import { fetchSource } from '../../tasks/fetch-source.js';
import { programParams } from '../../tasks/program-task.js';
import { resultOf } from './stage.js';
import type { GraphContext, Stage } from './stage.js';

/** What the user wants to succeed before the training. */
export function planChecks({ model }: GraphContext): readonly Stage[] {
  return model.checks.map((check) => planCheck(check, model.name));
}

/**
 * It cannot write to the source, so that what is trained is what was checked, and checks that run side by side do not
 * see each other.
 */
function planCheck(check: Check, model: string): Stage {
  const { image, command, args, secretEnv, timeout } = check;
  const { cpu, memory } = check.resources;
  const commit = programParams.commit;
  return {
    kind: 'program',
    name: `check-${check.name}`,
    params: { [commit.name]: resultOf(fetchSource, 'commit') },
    timeout,
    retries: 0,
    results: [],
    conditions: [],
    task: {
      step: 'check',
      image,
      command,
      args,
      env: {
        ...check.env,
        [trainingVariables.model]: model,
        [trainingVariables.commit]: `$(params.${commit.name})`,
      },
      secretEnv,
      resources: { requests: { cpu, memory }, limits: { cpu, memory } },
      params: [commit],
      writes: false,
      before: [],
    },
  };
}
