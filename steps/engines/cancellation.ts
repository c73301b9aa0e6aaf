import { z } from 'zod';
import type { KubernetesApi } from '../kubernetes-api.js';

const taskRun = z.object({
  spec: z.object({ status: z.string().optional() }),
  status: z.object({ conditions: z.array(z.object({ reason: z.string() })).optional() }).optional(),
});

/**
 * Has the run, or somebody, ended this attempt for good? A Pod that is moved to another node is told to end as well, and
 * its TaskRun knows nothing of it. What was deleted has been cancelled, too.
 */
export async function isCancelled(api: KubernetesApi, name: string): Promise<boolean> {
  const object = await api.read('taskruns', name);
  if (object === undefined) return true;
  const { data } = taskRun.safeParse(object);
  const ended = data?.status?.conditions?.some(({ reason }) => reason === 'TaskRunTimeout') ?? false;
  return ended || data?.spec.status === 'TaskRunCancelled';
}
