import type { Placement, Platform, Training } from '../../../config/model.js';
import { runFolders, trainingVariables } from '../../contract.js';
import { labels, trainerName } from '../../conventions.js';
import { enginePath, engineSlots } from '../../engine-contract.js';
import { describePlacement } from '../../pod-placement.js';
import { restrictedContainer, restrictedPodWithVolumes } from '../../security/pod-security.js';

/** What is handed over, and for whom. */
export interface EngineContext<Engine> {
  readonly platform: Platform;
  readonly model: string;
  /** Has the model data of its own? */
  readonly hasData: boolean;
  readonly training: Training & Engine;
}

type Surroundings = Omit<EngineContext<unknown>, 'training'> & {
  readonly training: Pick<Training, 'accessMode'> & { readonly env: Readonly<Record<string, string>> };
};

/** Of an object, and of a Pod that nobody needs to connect to. */
export function engineLabels(model: string): Record<string, string> {
  return {
    [labels.model]: model,
    [labels.component]: 'training',
    [labels.environment]: engineSlots.environment,
    [labels.run]: engineSlots.run,
  };
}

/** Of Pods that talk to each other: nobody may connect to Pods with the label of a model (runner-rights.ts). */
export const groupLabels = { [labels.component]: 'training', [labels.run]: engineSlots.run };

/** Of an object whose name only its run knows. */
export function engineMetadata({ model, platform }: Surroundings) {
  return { name: engineSlots.name, namespace: platform.namespaces.toolings, labels: engineLabels(model) };
}

/** What a program finds in its environment; what the user says comes last but for what driftloop promises. */
export function describeTrainingVariables({ model, hasData, training }: Surroundings) {
  const variables: Readonly<Record<string, string>> = {
    // A user that an image does not know has no home.
    HOME: '/tmp',
    ...training.env,
    [trainingVariables.source]: `${enginePath}/${runFolders.source}`,
    [trainingVariables.output]: `${enginePath}/${runFolders.output}`,
    ...(hasData
      ? {
          [trainingVariables.data]: `${enginePath}/${runFolders.data}`,
          [trainingVariables.snapshot]: engineSlots.snapshot,
        }
      : {}),
    [trainingVariables.model]: model,
    [trainingVariables.environment]: engineSlots.environment,
    [trainingVariables.commit]: engineSlots.commit,
  };
  return Object.entries(variables).map(([name, value]) => ({ name, value }));
}

const volume = 'run';

/** Folders of the run's volume that a training sees; what the step remembers there is none of them. */
export function describeMounts({ hasData }: Surroundings) {
  const mount = (folder: string) => ({ name: volume, mountPath: `${enginePath}/${folder}`, subPath: folder });
  return [
    mount(runFolders.source),
    mount(runFolders.output),
    ...(hasData ? [{ ...mount(runFolders.data), readOnly: true }] : []),
  ];
}

/** The whole volume, for where a volume is mounted once. */
export const wholeMount = [{ name: volume, mountPath: enginePath }];

/** One: a Pod that names a claim in two volumes never starts. */
export const runVolumes = [{ name: volume, persistentVolumeClaim: { claimName: engineSlots.claim } }];

/**
 * A volume that one node may write is on the node of the run's Pods, of which the step that waits is one; an attachable
 * one would keep a Pod elsewhere waiting for ever.
 */
export function describeAffinity({ training }: Surroundings) {
  if (training.accessMode === 'ReadWriteMany') return {};
  return {
    affinity: {
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          {
            labelSelector: { matchLabels: { [tektonRunLabel]: engineSlots.run } },
            topologyKey: 'kubernetes.io/hostname',
          },
        ],
      },
    },
  };
}

/** Tekton gives it to every Pod of a run. */
const tektonRunLabel = 'tekton.dev/pipelineRun';

/** Where it runs, and as whom: an account without rights, and without a token by itself. */
export function describePodPatch(context: Surroundings & { readonly training: Placement }) {
  return {
    serviceAccountName: trainerName,
    securityContext: restrictedPodWithVolumes(context.platform),
    ...describeAffinity(context),
    ...describePlacement(context.training),
  };
}

/** The user's code gets no rights, no token, and no variables for the Services around it. */
export function describeTrainingPod(context: Surroundings & { readonly training: Placement }) {
  return { ...describePodPatch(context), automountServiceAccountToken: false, enableServiceLinks: false };
}

export const trainingSecurity = restrictedContainer;
