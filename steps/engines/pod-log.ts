import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { KubernetesApi } from '../kubernetes-api.js';
import type { Log } from '../log.js';
import { splitLines } from './split-lines.js';

const pod = z.object({
  metadata: z.object({ name: z.string() }),
  status: z
    .object({
      phase: z.string().optional(),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().optional(),
            message: z.string().optional(),
          }),
        )
        .optional(),
      containerStatuses: z
        .array(
          z.object({
            state: z
              .object({
                waiting: z
                  .object({ reason: z.string().optional(), message: z.string().optional() })
                  .optional(),
              })
              .optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});

type Pod = z.infer<typeof pod>;

/** Between two looks for the Pod, in milliseconds. */
const interval = 2_000;

/**
 * Hands on, line by line, what the Pod that leads a training says, and before it has started why it does not. Never
 * fails: a log that cannot be read must not end the training.
 */
export async function followPodLog(
  api: KubernetesApi,
  selector: string,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  let told = '';
  let since: Date | undefined;
  while (!signal.aborted) {
    const found = await findPod(api, selector);
    if (found !== undefined && hasStarted(found)) {
      const read = await pump(api, found, since, log, signal);
      if (read && found.status?.phase !== 'Running') return;
      since = new Date();
    } else {
      const obstacle = found === undefined ? '' : describeObstacle(found);
      if (obstacle !== told && obstacle !== '') log(obstacle);
      told = obstacle;
    }
    await delay(interval, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

async function findPod(api: KubernetesApi, selector: string): Promise<Pod | undefined> {
  const items = await api.list('pods', selector).catch(() => []);
  return items.flatMap((item) => pod.safeParse(item).data ?? [])[0];
}

function hasStarted({ status }: Pod): boolean {
  return ['Running', 'Succeeded', 'Failed'].includes(status?.phase ?? '');
}

/** Why it waits: no node for it, no image. */
function describeObstacle({ metadata, status }: Pod): string {
  const waiting = status?.containerStatuses?.flatMap(({ state }) => state?.waiting ?? []) ?? [];
  const unscheduled = status?.conditions?.filter(
    ({ type, status: holds }) => type === 'PodScheduled' && holds === 'False',
  );
  const { reason = '', message = '' } = [...waiting, ...(unscheduled ?? [])][0] ?? {};
  const usual = reason === '' || reason === 'ContainerCreating' || reason === 'PodInitializing';
  return usual
    ? ''
    : `The Pod ${metadata.name} waits: ${[reason, message].filter((text) => text !== '').join(': ')}.`;
}

/** false: there was nothing to read. A connection that broke goes on where it was, by the second. */
async function pump(
  api: KubernetesApi,
  { metadata }: Pod,
  since: Date | undefined,
  log: Log,
  signal: AbortSignal,
): Promise<boolean> {
  const begin = since === undefined ? '' : `&sinceTime=${encodeURIComponent(since.toISOString())}`;
  try {
    const chunks = await api.followLog(metadata.name, `follow=true${begin}`, signal);
    if (chunks === undefined) return false;
    for await (const line of splitLines(chunks)) log(line);
    return true;
  } catch {
    return false;
  }
}
