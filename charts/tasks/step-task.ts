import type { Platform } from '../../config/model.js';
import type { TaskSpec, TaskSpecSteps, TaskSpecStepsSecurityContext } from '../../imports/tekton.dev.js';
import { runWorkspace } from '../contract.js';
import { restrictedContainer, restrictedPodBasics } from '../security/pod-security.js';
import { credentialMounts, describeCredentials } from './credentials.js';
import { listVolumeMounts, listVolumes } from './image-access.js';
import { failureResult, listParams, stepVariables } from './step-contract.js';
import type { StepContract, TaskContract } from './step-contract.js';

/** Pod Security "restricted", also where a person starts the Pipeline and forgets the Pod's part of it. */
export const restrictedStep = {
  ...restrictedContainer,
  ...restrictedPodBasics,
} as const satisfies TaskSpecStepsSecurityContext;

/** Tekton's writable folder in every step; without it HOME is `/`, where Git cannot write. */
export const homeVariable = { name: 'HOME', value: '/tekton/home' } as const;

/** The volume of a run, as Tasks and Pipelines ask for it. */
export const runVolume = {
  name: runWorkspace,
  description: 'Volume of the run: source and output of the training.',
} as const;

/** Makes Node trust the API server of the cluster. */
export const authorityVariable = {
  name: 'NODE_EXTRA_CA_CERTS',
  value: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
} as const;

/** The bundle in the image (Containerfile). */
export const stepProgram = ['node', '/app/step.mjs'] as const;

/** The Task of one step. */
export function stepTaskSpec(contract: TaskContract, platform: Platform): TaskSpec {
  return {
    description: contract.description,
    params: listParams(contract).map(({ name, description }) => ({ name, type: 'string', description })),
    results: [
      ...Object.entries(contract.results).map(([name, description]) => ({
        name,
        type: 'string',
        description,
      })),
      { ...failureResult, type: 'string' },
    ],
    ...(contract.workspace ? { workspaces: [runVolume] } : {}),
    steps: [describeStep(contract, platform)],
    ...listVolumes(credentialMounts(contract.credentials, platform)),
  };
}

/** A step of ours: params become variables of its process, so no text of theirs is ever run by a shell. */
export function describeStep(contract: StepContract, platform: Platform): TaskSpecSteps {
  const { cpu, memory } = contract.resources;
  return {
    name: contract.name,
    image: platform.images.steps,
    command: [...stepProgram, contract.name],
    env: [
      homeVariable,
      { name: 'TMPDIR', value: homeVariable.value },
      ...(contract.cluster ? [authorityVariable] : []),
      { name: stepVariables.results, value: '/tekton/results' },
      ...(contract.workspace
        ? [{ name: stepVariables.workspace, value: `$(workspaces.${runWorkspace}.path)` }]
        : []),
      ...(contract.handsOver === true
        ? [
            { name: stepVariables.claim, value: `$(workspaces.${runWorkspace}.claim)` },
            { name: stepVariables.taskRun, value: '$(context.taskRun.name)' },
          ]
        : []),
      ...listParams(contract).map(({ name, variable }) => ({ name: variable, value: `$(params.${name})` })),
      ...(platform.runs.log === 'text' ? [] : [{ name: stepVariables.log, value: platform.runs.log }]),
      ...describeCredentials(contract.credentials, platform),
    ],
    ...listVolumeMounts(credentialMounts(contract.credentials, platform)),
    computeResources: { requests: { cpu, memory }, limits: { memory } },
    securityContext: { ...restrictedStep, readOnlyRootFilesystem: true },
  };
}
