import type { z } from 'zod';
import { admit as contract } from '../charts/tasks/admit.js';
import type { KubernetesApi } from './kubernetes-api.js';
import { holdLease, insist, lastRelease, readLease } from './lease.js';
import type { Lease } from './lease.js';
import { isGoingOn } from './pipeline-run.js';
import type { Step } from './step.js';

interface Admission {
  readonly admitted: 'true' | 'false';
  readonly reason: string;
}

type Request = z.output<typeof contract.params>;

/**
 * Lets one run of a model through at a time. The Lease decides between runs that ask at once, because the API server
 * accepts one writer per version of it; a holder that is finished or gone has no claim, so a crash blocks nobody.
 */
export const admit: Step<typeof contract> = {
  contract,
  async perform(request, { api, now, log }) {
    const admission = await insist(() => decide(api(), request, now()));
    log(`${admission.admitted === 'true' ? 'Admitted' : 'Refused'}: ${admission.reason}`);
    return { ...admission };
  },
};

/** undefined: the Lease changed while we decided. */
async function decide(api: KubernetesApi, request: Request, now: Date): Promise<Admission | undefined> {
  const lease = await readLease(api, request.model);
  const refusal = coolingDown(lease, request, now) ?? (await heldByOther(api, lease, request));
  if (refusal !== undefined) return { admitted: 'false', reason: refusal };
  if (!(await holdLease(api, request.model, lease, request.run, now))) return undefined;
  return { admitted: 'true', reason: `no other run of ${request.model} is going on.` };
}

function coolingDown(lease: Lease | undefined, request: Request, now: Date): string | undefined {
  const released = lastRelease(lease, now);
  if (released === undefined) return undefined;
  const end = new Date(released.at.getTime() + request.cooldown * 1000);
  if (end <= now) return undefined;
  return `version ${released.version} was released at ${released.at.toISOString()}, and no run may start before ${end.toISOString()}.`;
}

async function heldByOther(
  api: KubernetesApi,
  lease: Lease | undefined,
  { model, run }: Request,
): Promise<string | undefined> {
  const holder = lease?.spec?.holderIdentity ?? '';
  if (holder === '' || holder === run) return undefined;
  return (await isGoingOn(api, holder)) ? `run ${holder} of ${model} is still going on.` : undefined;
}
