import { z } from 'zod';
import { engineKinds } from '../../charts/engine-contract.js';
import type { EngineKind } from '../../charts/engine-contract.js';
import { labels, trainingName } from '../../charts/conventions.js';
import type { KubernetesApi } from '../kubernetes-api.js';
import type { Log } from '../log.js';
import { StepFailure } from '../step-failure.js';
import { fillSlots } from './fill-slots.js';
import { outcomes } from './outcomes.js';
import { followPodLog } from './pod-log.js';
import type { Observation, Trainer } from './trainer.js';

/** What is written down in the Pipeline, and what a run knows. */
export interface TrainingObject {
  readonly object: Readonly<Record<string, unknown>> & { readonly kind: string };
  readonly run: { readonly name: string; readonly uid: string };
  readonly values: { readonly commit: string; readonly environment: string; readonly snapshot: string };
  readonly claim: string;
}

const found = z.looseObject({
  metadata: z.object({
    creationTimestamp: z.iso.datetime(),
    labels: z.record(z.string(), z.string()).optional(),
  }),
  status: z.unknown().optional(),
});

/** The Pod whose log is that of the training, by labels that the kind's controller gives it. */
const leadingPods: Readonly<Record<EngineKind, (name: string) => string>> = {
  Job: (name) => `job-name=${name}`,
  TrainJob: (name) =>
    `jobset.sigs.k8s.io/jobset-name=${name},jobset.sigs.k8s.io/replicatedjob-name=node,batch.kubernetes.io/job-completion-index=0`,
  RayJob: (name) => `job-name=${name}`,
  SparkApplication: (name) => `sparkoperator.k8s.io/app-name=${name},spark-role=driver`,
};

/** An object of the cluster, which a controller makes Pods of. */
export class ObjectTrainer implements Trainer {
  private readonly kind: EngineKind;

  constructor(
    private readonly api: KubernetesApi,
    private readonly training: TrainingObject,
  ) {
    const { kind } = training.object;
    if (!isEngineKind(kind)) throw new Error(`nothing trains as ${kind}`);
    this.kind = kind;
  }

  nameOf(attempt: number): string {
    return trainingName(this.training.run.name, attempt, engineKinds[this.kind].nameLimit);
  }

  describe(name: string): string {
    return `the ${this.kind} ${name}`;
  }

  async observe(name: string): Promise<Observation | undefined> {
    const answer = await this.api.read(engineKinds[this.kind].resource, name);
    if (answer === undefined) return undefined;
    const { data } = found.safeParse(answer);
    if (data === undefined)
      throw new StepFailure(`What the API server says of ${this.describe(name)} is no object.`);
    // Whoever may create objects here could put one of this name in the way, and its end would pass for the training's.
    if (data.metadata.labels?.[labels.run] !== this.training.run.name)
      throw new StepFailure(`There is ${this.describe(name)}, and it is not of this run.`);
    return { ...outcomes[this.kind](data.status), createdAt: new Date(data.metadata.creationTimestamp) };
  }

  async create(name: string): Promise<void> {
    const { run, claim, values, object } = this.training;
    const filled = fillSlots(object, { name, run: run.name, claim, ...values });
    await this.api.create(engineKinds[this.kind].resource, ownedBy(run, filled));
  }

  stop(name: string): Promise<void> {
    return this.api.remove(engineKinds[this.kind].resource, name);
  }

  followLog(name: string, log: Log, signal: AbortSignal): Promise<void> {
    return followPodLog(this.api, leadingPods[this.kind](name), log, signal);
  }
}

function isEngineKind(kind: string): kind is EngineKind {
  return Object.hasOwn(engineKinds, kind);
}

const withMetadata = z.looseObject({ metadata: z.looseObject({}) });

/** It goes away with the run. */
function ownedBy({ name, uid }: TrainingObject['run'], object: unknown): object {
  const { metadata, ...rest } = withMetadata.parse(object);
  const owner = { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', name, uid };
  return { ...rest, metadata: { ...metadata, ownerReferences: [owner] } };
}
