import { z } from 'zod';
import { leaseAnnotations, leaseName } from '../charts/conventions.js';
import type { RunOutcome } from '../charts/tasks/run-events.js';
import { readFailed, rememberFailed } from './admission/run-history.js';
import type { KubernetesApi } from './kubernetes-api.js';
import { StepFailure } from './step-failure.js';

/** The Lease of a model: which run holds it, and what was released last. Unknown fields are kept when it is written. */
const schema = z.looseObject({
  metadata: z.looseObject({
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: z.looseObject({ holderIdentity: z.string().optional() }).optional(),
});

export type Lease = z.infer<typeof schema>;

/** The last release of a model, as the Lease remembers it. */
export interface LastRelease {
  readonly at: Date;
  readonly version: string;
}

/** undefined: no run of this model was ever admitted. */
export async function readLease(api: KubernetesApi, model: string): Promise<Lease | undefined> {
  const object = await api.read('leases', leaseName(model));
  if (object === undefined) return undefined;
  const { data } = schema.safeParse(object);
  if (data === undefined)
    throw new StepFailure(`The Lease ${leaseName(model)} has not the shape of a Lease.`);
  return data;
}

/**
 * Throws when the annotation holds what no release can have left, such as a person's remark: guessing could start a
 * storm, and a time in the future could block the model for years.
 */
export function lastRelease(lease: Lease | undefined, now: Date): LastRelease | undefined {
  const annotations = lease?.metadata.annotations;
  const text = annotations?.[leaseAnnotations.releasedAt];
  if (text === undefined) return undefined;
  const at = z.iso.datetime({ offset: true }).safeParse(text).success ? new Date(text) : undefined;
  const fault = at === undefined ? 'which is no time' : 'which is yet to come';
  if (at === undefined || at.getTime() > now.getTime() + clockSkew) {
    throw new StepFailure(
      `The Lease's annotation ${leaseAnnotations.releasedAt} is "${text}", ${fault}. Correct or remove it.`,
    );
  }
  return { at, version: annotations?.[leaseAnnotations.releasedVersion] ?? 'unknown' };
}

/** So far the clocks of two nodes may be apart, in milliseconds. */
const clockSkew = 5 * 60_000;

/** Makes the run the holder, and remembers what is given; false when the Lease has changed since it was read. */
export function holdLease(
  api: KubernetesApi,
  model: string,
  lease: Lease | undefined,
  run: string,
  now: Date,
  annotations: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const time = now.toISOString().replace('Z', '000Z');
  return writeLease(api, model, lease, annotations, {
    holderIdentity: run,
    acquireTime: time,
    renewTime: time,
  });
}

/** Writes down a release, whatever others do to the Lease meanwhile. */
export async function recordRelease(api: KubernetesApi, model: string, released: LastRelease): Promise<void> {
  const annotations = {
    [leaseAnnotations.releasedAt]: released.at.toISOString(),
    [leaseAnnotations.releasedVersion]: released.version,
  };
  await insist(async () => {
    const lease = await readLease(api, model);
    return (await writeLease(api, model, lease, annotations, {})) ? true : undefined;
  });
}

/** A run that failed makes the row of failed runs longer, a good one ends it; a refused one is no attempt. */
export async function recordOutcome(
  api: KubernetesApi,
  model: string,
  run: string,
  outcome: RunOutcome,
): Promise<void> {
  if (outcome === 'refused') return;
  await insist(async () => {
    const lease = await readLease(api, model);
    const known = readFailed(lease) ?? [];
    const failed = outcome === 'failed' ? [...new Set([...known, run])] : [];
    return (await writeLease(api, model, lease, rememberFailed(failed), {})) ? true : undefined;
  });
}

/**
 * Reads and writes again while others are faster. Each conflict means that another one got through, so this ends
 * without waiting; the bound is for a server that answers nothing but conflicts.
 */
export async function insist<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let count = 0; count < 100; count += 1) {
    const result = await attempt();
    if (result !== undefined) return result;
  }
  throw new StepFailure('The Lease was changed by others 100 times in a row.');
}

function writeLease(
  api: KubernetesApi,
  model: string,
  lease: Lease | undefined,
  annotations: Readonly<Record<string, string>>,
  spec: Readonly<Record<string, string>>,
): Promise<boolean> {
  const name = leaseName(model);
  const object = {
    ...(lease ?? { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' }),
    metadata: {
      ...(lease?.metadata ?? { name }),
      annotations: { ...lease?.metadata.annotations, ...annotations },
    },
    spec: { ...lease?.spec, ...spec },
  };
  return lease === undefined ? api.create('leases', object) : api.replace('leases', name, object);
}
