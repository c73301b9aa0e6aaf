import type { z } from 'zod';
import { admit as contract } from '../charts/tasks/admit.js';
import type { Refusal } from '../charts/tasks/admission-policy.js';
import { refuseByDemand } from './admission/demands.js';
import { readFailed, rememberAdmitted, rememberFailed } from './admission/run-history.js';
import type { KubernetesApi } from './kubernetes-api.js';
import { holdLease, insist, readLease } from './lease.js';
import type { Lease } from './lease.js';
import { readRun } from './pipeline-run.js';
import type { Run } from './pipeline-run.js';
import type { Step, StepContext } from './step.js';

interface Admission {
  readonly admitted: 'true' | 'false';
  readonly refusal: Refusal | 'none';
  readonly reason: string;
}

export type AdmissionRequest = z.output<typeof contract.params>;

/** What is known when a run asks. */
export interface Asking {
  readonly request: AdmissionRequest;
  readonly lease: Lease | undefined;
  /** The run that asks; undefined: somebody has deleted it already. */
  readonly own: Run | undefined;
  /** The run that was admitted last, unless it is the one that asks; undefined: there is none any more. */
  readonly holder: Run | undefined;
  /** Runs that failed in a row. */
  readonly failed: readonly string[];
  readonly now: Date;
}

/**
 * Lets one run of a model through at a time. The Lease decides between runs that ask at once, because the API server
 * accepts one writer per version of it; a holder that is finished or gone has no claim, so a crash blocks nobody. What
 * is remembered of a run is written together with its admission, so that no crash can come between the two.
 */
export const admit: Step<typeof contract> = {
  contract,
  async perform(request, context) {
    const admission = await insist(() => decide(context.api(), request, context));
    context.log(`${admission.admitted === 'true' ? 'Admitted' : 'Refused'}: ${admission.reason}`);
    return { ...admission };
  },
};

/** undefined: the Lease changed while we decided. */
async function decide(
  api: KubernetesApi,
  request: AdmissionRequest,
  context: StepContext,
): Promise<Admission | undefined> {
  const asking = await gather(api, request, context.now());
  const { lease, failed, now } = asking;
  const refused = await refuseByDemand(asking, context);
  if (refused !== undefined) return { admitted: 'false', ...refused };
  const remembered = { ...rememberAdmitted(lease, request.run, now), ...rememberFailed(failed) };
  if (!(await holdLease(api, request.model, lease, request.run, now, remembered))) return undefined;
  return { admitted: 'true', refusal: 'none', reason: `no other run of ${request.model} is going on.` };
}

async function gather(api: KubernetesApi, request: AdmissionRequest, now: Date): Promise<Asking> {
  const lease = await readLease(api, request.model);
  const name = lease?.spec?.holderIdentity ?? '';
  const holder = name === '' || name === request.run ? undefined : await readRun(api, name);
  const known = readFailed(lease);
  return {
    request,
    lease,
    own: await readRun(api, request.run),
    holder,
    failed: countFailed(known, holder),
    now,
  };
}

/** A run whose end nobody recorded was killed before it could do so itself; a list that was removed begins anew. */
function countFailed(known: readonly string[] | undefined, holder: Run | undefined): readonly string[] {
  if (known === undefined) return [];
  const unrecorded =
    holder?.state === 'failed' && holder.outcome === undefined && !known.includes(holder.name);
  return unrecorded ? [...known, holder.name] : known;
}
