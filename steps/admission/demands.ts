import { alertLabels, alertNames } from '../../charts/contract.js';
import { leaseAnnotations, leaseName } from '../../charts/conventions.js';
import type { Refusal } from '../../charts/tasks/admission-policy.js';
import { OutsideError } from '../../gitops/outside-error.js';
import type { Asking } from '../admit.js';
import { lastRelease } from '../lease.js';
import type { StepContext } from '../step.js';
import { findFreeze } from './frozen.js';
import { listFiring, queryValue } from './monitoring-api.js';
import { readAdmitted } from './run-history.js';

export interface Refused {
  readonly refusal: Refusal;
  readonly reason: string;
}

/** A reason to refuse, or undefined. */
type Demand = (asking: Asking, context: StepContext) => string | undefined | Promise<string | undefined>;

/** The first demand that is not met; those that ask another server come last, and only where they are wanted. */
export async function refuseByDemand(asking: Asking, context: StepContext): Promise<Refused | undefined> {
  for (const [refusal, demand] of demands) {
    const reason = await demand(asking, context);
    if (reason !== undefined) return { refusal, reason };
  }
  return undefined;
}

const demands: readonly (readonly [Refusal, Demand])[] = [
  ['handled', refuseRepeated],
  ['cooldown', refuseWhileCooling],
  ['busy', refuseWhileBusy],
  ['failures', refuseAfterFailures],
  ['frozen', refuseWhileFrozen],
  ['runs-per-day', refuseTooMany],
  ['alert-gone', refuseWithoutAlert],
  ['samples', refuseWithoutSamples],
];

/** The name says which event asked: what has it and was made after its admission was deleted and asked for again. */
function refuseRepeated({ request, lease, own }: Asking): string | undefined {
  const before = readAdmitted(lease).find(({ run }) => run === request.run);
  if (before === undefined || own === undefined || own.created <= before.at) return undefined;
  return `this event was handled by a run of the same name, which was admitted at ${before.at.toISOString()} and has been deleted since.`;
}

function refuseWhileCooling({ request, lease, now }: Asking): string | undefined {
  const released = lastRelease(lease, now);
  if (released === undefined) return undefined;
  const end = new Date(released.at.getTime() + request.cooldown * 1000);
  if (end <= now) return undefined;
  return `version ${released.version} was released at ${released.at.toISOString()}, and no run may start before ${end.toISOString()}.`;
}

function refuseWhileBusy({ request, holder }: Asking): string | undefined {
  return holder?.state === 'running'
    ? `run ${holder.name} of ${request.model} is still going on.`
    : undefined;
}

function refuseAfterFailures({ request: { model, run, policy }, failed }: Asking): string | undefined {
  const others = failed.filter((name) => name !== run);
  if (policy.maxFailures === 0 || others.length < policy.maxFailures) return undefined;
  const reset = `kubectl annotate lease ${leaseName(model)} ${leaseAnnotations.failedRuns}-`;
  return `${others.length} runs of ${model} failed in a row, the last one was ${others.at(-1) ?? ''}; when the cause is mended: ${reset}`;
}

function refuseWhileFrozen({ request: { policy }, now }: Asking): string | undefined {
  const freeze = findFreeze(policy.freeze, now);
  if (freeze === undefined) return undefined;
  return `no run may start within ${freeze.name} (${freeze.location}), and it is ${now.toISOString()}.`;
}

const day = 24 * 60 * 60 * 1000;

function refuseTooMany({ request: { policy, run, model }, lease, now }: Asking): string | undefined {
  if (policy.maxRunsPerDay === 0) return undefined;
  const since = now.getTime() - day;
  const recent = readAdmitted(lease).filter((each) => each.run !== run && each.at.getTime() > since);
  const first = recent.at(-policy.maxRunsPerDay);
  if (first === undefined) return undefined;
  const next = new Date(first.at.getTime() + day);
  return `${recent.length} runs of ${model} were admitted within 24 hours, and no other may start before ${next.toISOString()}.`;
}

/** An alert may end between its message and the run's start, or be silenced by somebody who knows better. */
async function refuseWithoutAlert(
  { request: { policy, model }, own }: Asking,
  context: StepContext,
): Promise<string | undefined> {
  const { alerts } = policy;
  if (alerts === undefined || own?.startedBy !== 'alert') return undefined;
  const { environment = '', event = '' } = own;
  if (!alerts.environments.includes(environment)) return undefined;
  const [fingerprint = ''] = event.split('-');
  const labels = {
    alertname: alertNames.retrain,
    [alertLabels.model]: model,
    [alertLabels.environment]: environment,
  };
  return askOutside('Alertmanager', policy.whenUnknown, context, async () => {
    const firing = await listFiring({ url: alerts.alertmanager, ...context.server('alertmanager') }, labels);
    return firing.includes(fingerprint)
      ? undefined
      : `the alert ${fingerprint} that started the run no longer fires, or is silenced.`;
  });
}

/** Runs that bring their own news, such as a push or new data, need not wait for samples. */
const waiting: readonly string[] = ['alert', 'schedule'];

async function refuseWithoutSamples(
  { request: { policy, run }, lease, own, now }: Asking,
  context: StepContext,
): Promise<string | undefined> {
  const { samples } = policy;
  if (samples === undefined || !waiting.includes(own?.startedBy ?? '')) return undefined;
  const last = readAdmitted(lease).findLast((each) => each.run !== run);
  if (last === undefined) return undefined;
  const seconds = Math.max(60, Math.round((now.getTime() - last.at.getTime()) / 1000));
  const query = samples.query.replaceAll('$since', `${seconds}s`);
  return askOutside('Prometheus', policy.whenUnknown, context, async () => {
    const value = await queryValue({ url: samples.prometheus, ...context.server('prometheus') }, query);
    return value >= samples.minimum
      ? undefined
      : `${value} samples came since ${last.at.toISOString()}, when run ${last.run} was admitted; ${samples.minimum} are wanted.`;
  });
}

/** In milliseconds: a server that restarts is waited for, within the deadline of the Task. */
const pauses = [5_000, 20_000];

async function askOutside(
  server: string,
  whenUnknown: 'admit' | 'refuse',
  { wait, log }: StepContext,
  ask: () => Promise<string | undefined>,
): Promise<string | undefined> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof OutsideError)) throw error;
      const pause = pauses[attempt];
      if (pause !== undefined) {
        log(`${server} could not be asked: ${error.message}. Trying again in ${pause / 1000} s.`, 'warning');
        await wait(pause);
        continue;
      }
      const sentence = `${server} could not be asked (${error.message}), and the policy for that is to ${whenUnknown}.`;
      log(sentence, 'warning');
      return whenUnknown === 'admit' ? undefined : sentence;
    }
  }
}
