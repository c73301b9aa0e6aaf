import type { Platform } from '../../config/model.js';
import type { TaskSpec, TaskSpecStepsEnv, TaskSpecStepsSecurityContext } from '../../imports/tekton.dev.js';
import { runWorkspace } from '../contract.js';
import { restrictedContainer, restrictedPod } from '../pod-security.js';
import { listParams, stepVariables } from './step-contract.js';
import type { StepContract } from './step-contract.js';

/** Pod Security "restricted", also where a person starts the Pipeline and forgets the Pod's part of it. */
export const restrictedStep = {
  ...restrictedContainer,
  runAsNonRoot: restrictedPod.runAsNonRoot,
  seccompProfile: restrictedPod.seccompProfile,
} as const satisfies TaskSpecStepsSecurityContext;

/** Tekton's writable folder in every step; without it HOME is `/`, where Git cannot write. */
export const homeVariable = { name: 'HOME', value: '/tekton/home' } as const;

/** The volume of a run, as Tasks and Pipelines ask for it. */
export const runVolume = {
  name: runWorkspace,
  description: 'Volume of the run: source and output of the training.',
} as const;

/** Makes Node trust the API server of the cluster. */
const authorityVariable = {
  name: 'NODE_EXTRA_CA_CERTS',
  value: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
} as const;

/** Keys of a Secret of type kubernetes.io/basic-auth. */
const credentialKeys = { username: 'username', password: 'password' } as const;

/** The bundle in the image (Containerfile). */
const program = ['node', '/app/step.mjs'] as const;

/** The Task of one step: params become variables of its process, so no text of theirs is ever run by a shell. */
export function stepTaskSpec(contract: StepContract, platform: Platform): TaskSpec {
  const params = listParams(contract);
  const { cpu, memory } = contract.resources;
  return {
    description: contract.description,
    params: params.map((param) => ({
      name: param.name,
      type: 'string',
      description: param.description,
    })),
    results: Object.entries(contract.results).map(([name, description]) => ({
      name,
      type: 'string',
      description,
    })),
    ...(contract.workspace ? { workspaces: [runVolume] } : {}),
    steps: [
      {
        name: contract.name,
        image: platform.images.steps,
        command: [...program, contract.name],
        env: [
          homeVariable,
          { name: 'TMPDIR', value: homeVariable.value },
          ...(contract.cluster ? [authorityVariable] : []),
          { name: stepVariables.results, value: '/tekton/results' },
          ...(contract.workspace
            ? [{ name: stepVariables.workspace, value: `$(workspaces.${runWorkspace}.path)` }]
            : []),
          ...params.map((param) => ({ name: param.variable, value: `$(params.${param.name})` })),
          ...(contract.git ? credentialVariables(platform.gitCredentials) : []),
        ],
        computeResources: { requests: { cpu, memory }, limits: { memory } },
        securityContext: { ...restrictedStep, readOnlyRootFilesystem: true },
      },
    ],
  };
}

function credentialVariables(secret: string | undefined): readonly TaskSpecStepsEnv[] {
  if (secret === undefined) return [];
  const read = (name: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: secret, key } } });
  return [
    read(stepVariables.gitUsername, credentialKeys.username),
    read(stepVariables.gitPassword, credentialKeys.password),
  ];
}
