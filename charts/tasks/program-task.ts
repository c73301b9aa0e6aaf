import type { Platform, SecretKey } from '../../config/model.js';
import { toJson_TaskSpec } from '../../imports/tekton.dev.js';
import { runFolders, runWorkspace } from '../contract.js';
import { describeStep, homeVariable, restrictedStep, runVolume } from './step-task.js';
import type { StepContract } from './step-contract.js';

/** The Task of a program of others in an image of theirs, in the folder of the fetched source. */
export interface ProgramTask {
  /** Name of the Task's step. */
  readonly step: string;
  readonly image: string;
  /** Empty: the image's own. */
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Variables with values of Secrets in the toolings namespace. */
  readonly secretEnv: Readonly<Record<string, SecretKey>>;
  readonly resources: ProgramResources;
  /** What its values may name as `$(params.x)`. */
  readonly params: readonly ProgramParam[];
  /** May it write to the run's volume? */
  readonly writes: boolean;
  /** Steps of ours before it, in the same Pod. */
  readonly before: readonly StepContract[];
}

interface ProgramResources {
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

interface ProgramParam {
  readonly name: string;
  readonly description: string;
}

/** Params that programs are told in their environment. */
export const programParams = {
  commit: { name: 'commit', description: "Commit of the model's source." },
  environment: { name: 'environment', description: 'Environment the run is for.' },
} as const satisfies Readonly<Record<string, ProgramParam>>;

/** Where a Task finds the run's volume. */
export const volumePath = `$(workspaces.${runWorkspace}.path)`;

/** It stands in the Pipeline itself, because it differs from model to model. */
export function programTaskSpec(task: ProgramTask, platform: Platform): unknown {
  return toJson_TaskSpec({
    params: task.params.map(({ name, description }) => ({ name, type: 'string', description })),
    workspaces: [task.writes ? runVolume : { ...runVolume, readOnly: true }],
    steps: [
      ...task.before.map((contract) => describeStep(contract, platform)),
      {
        name: task.step,
        image: task.image,
        ...(task.command.length === 0 ? {} : { command: [...task.command] }),
        ...(task.args.length === 0 ? {} : { args: [...task.args] }),
        workingDir: `${volumePath}/${runFolders.source}`,
        env: describeVariables(task),
        computeResources: { requests: { ...task.resources.requests }, limits: { ...task.resources.limits } },
        securityContext: restrictedStep,
      },
    ],
  });
}

function describeVariables({ env, secretEnv }: ProgramTask) {
  return [
    ...Object.entries({ [homeVariable.name]: homeVariable.value, ...env }).map(([name, value]) => ({
      name,
      value,
    })),
    ...Object.entries(secretEnv).map(([name, { name: secret, key }]) => ({
      name,
      valueFrom: { secretKeyRef: { name: secret, key } },
    })),
  ];
}
