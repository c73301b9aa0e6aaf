import type { ContainerResources } from './model.js';
import type { Toleration } from './model-serving.js';

/**
 * What trains a model: the run itself, or a controller of the cluster that the run hands the training over to. Whatever
 * it is, it leaves the same result on the run's volume: `metrics.json`, and where the model is.
 */
export type TrainingEngine = ContainerEngine | JobEngine | TrainJobEngine | RayJobEngine | SparkEngine;

export const engineNames = ['container', 'job', 'trainjob', 'rayjob', 'spark'] as const;

export type EngineName = (typeof engineNames)[number];

/** A program of the user's in the user's image. */
export interface TrainingProgram {
  readonly image: string;
  /** Empty: what the image starts by itself. */
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly resources: ContainerResources;
}

/** Where the Pods of a training run. */
export interface Placement {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

/** A step of the run, in a Pod of Tekton. */
export interface ContainerEngine extends TrainingProgram, Placement {
  readonly engine: 'container';
}

/** LocalQueue of Kueue that lets the training start; undefined: it starts at once. */
interface Queued {
  readonly queue: string | undefined;
}

/** A Kubernetes Job of one Pod. */
export interface JobEngine extends TrainingProgram, Placement, Queued {
  readonly engine: 'job';
}

/** A TrainJob of Kubeflow Trainer: every node runs the program. */
export interface TrainJobEngine extends Omit<TrainingProgram, 'image'>, Placement, Queued {
  readonly engine: 'trainjob';
  /** A ClusterTrainingRuntime. */
  readonly runtime: string;
  /** undefined: that of the runtime. */
  readonly image: string | undefined;
  readonly nodes: number;
}

/** Pods that work for the one that leads. */
export interface Workers {
  readonly count: number;
  readonly resources: ContainerResources;
}

/** A RayJob of KubeRay, with a cluster of its own; the program runs on the head. */
export interface RayJobEngine extends TrainingProgram, Placement, Queued {
  readonly engine: 'rayjob';
  /** undefined: KubeRay does not need to know. */
  readonly rayVersion: string | undefined;
  readonly workers: Workers;
}

/** A Python program as SparkApplication of the Spark operator; `resources` are the driver's. */
export interface SparkEngine extends Omit<TrainingProgram, 'command'>, Placement {
  readonly engine: 'spark';
  /** A file of the source, or `local:///…` in the image. */
  readonly mainFile: string;
  readonly sparkVersion: string;
  /** Account of the driver, which creates the executors; it must exist in the toolings namespace. */
  readonly serviceAccount: string;
  readonly workers: Workers;
}

/** The volume of a run. */
export interface RunVolume {
  /** Size, a canonical quantity. Default 1Gi. */
  readonly storage: string;
  /** undefined: the cluster's default. */
  readonly storageClass: string | undefined;
  /** May Pods on several nodes write it at a time? Default `ReadWriteOnce`: no. */
  readonly accessMode: 'ReadWriteOnce' | 'ReadWriteMany';
}
