import { z } from 'zod';
import type { KubernetesApi } from './kubernetes-api.js';
import { StepFailure } from './step-failure.js';

const pipelineRun = z.object({
  metadata: z.object({ creationTimestamp: z.iso.datetime() }),
  status: z
    .object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).optional() })
    .optional(),
});

type PipelineRun = z.infer<typeof pipelineRun>;

/** Has it neither succeeded nor failed yet? A run that is gone has ended. */
export async function isGoingOn(api: KubernetesApi, name: string): Promise<boolean> {
  const run = await readRun(api, name);
  if (run === undefined) return false;
  const succeeded = run.status?.conditions?.find(({ type }) => type === 'Succeeded');
  return succeeded === undefined || succeeded.status === 'Unknown';
}

/** When the run was created; throws when it is gone. */
export async function readBeginning(api: KubernetesApi, name: string): Promise<Date> {
  const run = await readRun(api, name);
  if (run === undefined) throw new StepFailure(`The PipelineRun ${name} is gone.`);
  return new Date(run.metadata.creationTimestamp);
}

async function readRun(api: KubernetesApi, name: string): Promise<PipelineRun | undefined> {
  const object = await api.read('pipelineruns', name);
  if (object === undefined) return undefined;
  const { data } = pipelineRun.safeParse(object);
  if (data === undefined)
    throw new StepFailure(`The PipelineRun ${name} has not the shape of a PipelineRun.`);
  return data;
}
