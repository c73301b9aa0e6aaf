import type { Platform, SecretKey } from '../../config/model.js';
import { toJson_TaskSpec } from '../../imports/tekton.dev.js';
import type { TaskSpecSteps } from '../../imports/tekton.dev.js';
import { runFolders, runWorkspace } from '../contract.js';
import { listVolumeMounts, listVolumes } from './image-access.js';
import type { TaskMount } from './image-access.js';
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
  /** Steps of ours before it, in the same Pod; their results are the Task's. */
  readonly before: readonly StepContract[];
  /** Steps of ours after it, in the same Pod; their results are the Task's, too. Default none. */
  readonly after?: readonly StepContract[];
  /** Where it runs, in the run's volume. Default: the folder of the fetched source. */
  readonly folder?: string;
  /** What it finds mounted. Default nothing. */
  readonly mounts?: readonly TaskMount[];
  /** The same program again, with other arguments, as long as it succeeds. Default none. */
  readonly then?: readonly ProgramCall[];
}

export interface ProgramCall {
  /** Name of the Task's step. */
  readonly step: string;
  readonly args: readonly string[];
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
  image: { name: 'image', description: 'Image of the model, by digest.' },
  snapshot: { name: 'snapshot', description: 'What the data of the run is called.' },
} as const satisfies Readonly<Record<string, ProgramParam>>;

/** Where a Task finds the run's volume. */
export const volumePath = `$(workspaces.${runWorkspace}.path)`;

/** It stands in the Pipeline itself, because it differs from model to model. */
export function programTaskSpec(task: ProgramTask, platform: Platform): unknown {
  const { before, after = [], mounts = [], then = [] } = task;
  const results = [...before, ...after].flatMap((contract) => Object.entries<string>(contract.results));
  return toJson_TaskSpec({
    params: task.params.map(({ name, description }) => ({ name, type: 'string', description })),
    ...(results.length === 0
      ? {}
      : { results: results.map(([name, description]) => ({ name, type: 'string', description })) }),
    workspaces: [task.writes ? runVolume : { ...runVolume, readOnly: true }],
    steps: [
      ...before.map((contract) => describeStep(contract, platform)),
      ...[task, ...then].map((call) => describeCall(task, call)),
      ...after.map((contract) => describeStep(contract, platform)),
    ],
    ...listVolumes(mounts),
  });
}

function describeCall(task: ProgramTask, { step, args }: ProgramCall): TaskSpecSteps {
  const { image, command, resources, folder = runFolders.source, mounts = [] } = task;
  return {
    name: step,
    image,
    ...(command.length === 0 ? {} : { command: [...command] }),
    ...(args.length === 0 ? {} : { args: [...args] }),
    workingDir: `${volumePath}/${folder}`,
    env: describeVariables(task),
    ...listVolumeMounts(mounts),
    computeResources: { requests: { ...resources.requests }, limits: { ...resources.limits } },
    securityContext: restrictedStep,
  };
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
