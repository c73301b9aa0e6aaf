import { z } from 'zod';
import { labels } from '../charts/conventions.js';
import type { KubernetesApi } from './kubernetes-api.js';
import { StepFailure } from './step-failure.js';

const pipelineRun = z.object({
  metadata: z.object({
    name: z.string(),
    creationTimestamp: z.iso.datetime(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  status: z
    .object({
      conditions: z
        .array(z.object({ type: z.string(), status: z.string(), reason: z.string().optional() }))
        .optional(),
    })
    .optional(),
});

/** A run of a Pipeline, as the steps look at it. */
export interface Run {
  readonly name: string;
  readonly created: Date;
  readonly state: RunState;
  /** What its labels say; undefined: who started it did not say so. */
  readonly startedBy: string | undefined;
  readonly environment: string | undefined;
  readonly event: string | undefined;
  /** undefined: nobody recorded its end. */
  readonly outcome: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Cancelled by a person is no failure. */
export type RunState = 'running' | 'succeeded' | 'failed' | 'cancelled';

/** When the run was created; throws when it is gone. */
export async function readBeginning(api: KubernetesApi, name: string): Promise<Date> {
  const run = await readRun(api, name);
  if (run === undefined) throw new StepFailure(`The PipelineRun ${name} is gone.`);
  return run.created;
}

/** undefined: it is gone. */
export async function readRun(api: KubernetesApi, name: string): Promise<Run | undefined> {
  const object = await api.read('pipelineruns', name);
  if (object === undefined) return undefined;
  const { data } = pipelineRun.safeParse(object);
  if (data === undefined)
    throw new StepFailure(`The PipelineRun ${name} has not the shape of a PipelineRun.`);
  const { metadata, status } = data;
  const known = metadata.labels ?? {};
  return {
    name: metadata.name,
    created: new Date(metadata.creationTimestamp),
    state: stateOf(status?.conditions),
    startedBy: known[labels.startedBy],
    environment: known[labels.environment],
    event: known[labels.event],
    outcome: known[labels.outcome],
    annotations: metadata.annotations ?? {},
  };
}

/** Neither succeeded nor failed yet: it is going on. */
function stateOf(
  conditions: readonly { type: string; status: string; reason?: string | undefined }[] = [],
): RunState {
  const succeeded = conditions.find(({ type }) => type === 'Succeeded');
  if (succeeded === undefined || succeeded.status === 'Unknown') return 'running';
  if (succeeded.status === 'True') return 'succeeded';
  return /^(Cancelled|Stopped)/.test(succeeded.reason ?? '') ? 'cancelled' : 'failed';
}
