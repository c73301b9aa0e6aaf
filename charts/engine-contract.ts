import type { EngineName } from '../config/model.js';

/**
 * What the charts, which write down the object a training is handed over to, and the step that creates it must agree on.
 */

/** Kinds that a training is handed over to, each an object that the step creates, watches and deletes. */
export const engineKinds = {
  Job: { apiVersion: 'batch/v1', resource: 'jobs', nameLimit: 63 },
  // The controllers put names of their own behind that of the object, and labels take 63 characters.
  TrainJob: { apiVersion: 'trainer.kubeflow.org/v1alpha1', resource: 'trainjobs', nameLimit: 47 },
  RayJob: { apiVersion: 'ray.io/v1', resource: 'rayjobs', nameLimit: 47 },
  SparkApplication: {
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    resource: 'sparkapplications',
    nameLimit: 47,
  },
} as const;

export type EngineKind = keyof typeof engineKinds;

/** The kind of what an engine trains as; undefined: no object of the cluster. */
export function engineKindOf(engine: EngineName): EngineKind | undefined {
  return kindsByEngine[engine];
}

const kindsByEngine: Readonly<Record<EngineName, EngineKind | undefined>> = {
  container: undefined,
  job: 'Job',
  trainjob: 'TrainJob',
  rayjob: 'RayJob',
  spark: 'SparkApplication',
};

/**
 * Values of the object that only a run knows. A text of the object that is one of these, and nothing else, is replaced;
 * they are valid as names, label values and variables, so that the object in Git is one that an API server would take.
 */
export const engineSlots = {
  name: 'driftloop-slot-name',
  run: 'driftloop-slot-run',
  /** Claim of the run's volume. */
  claim: 'driftloop-slot-claim',
  commit: 'driftloop-slot-commit',
  environment: 'driftloop-slot-environment',
  /** What the data of the run is called; `none` without data. */
  snapshot: 'driftloop-slot-snapshot',
} as const;

export type EngineSlot = keyof typeof engineSlots;

/** Where a Pod that is not Tekton's finds the run's volume: folders of it, each mounted by itself. */
export const enginePath = '/driftloop';

/** How long an engine may take to end by its own deadline before the step ends it, in milliseconds. */
export const engineGrace = 2 * 60_000;

/** What is said instead of a snapshot where there is no data. */
export const noSnapshot = 'none';
