import type { z } from 'zod';
import { requestFields, requestId } from '../charts/contract.js';
import { runNamePrefix } from '../charts/conventions.js';
import { startRun as contract } from '../charts/tasks/start-run.js';
import { OutsideError } from '../gitops/outside-error.js';
import { postJson } from './post-json.js';
import { StepFailure } from './step-failure.js';
import type { Step, StepContext } from './step.js';

type Request = z.output<typeof contract.params>;

/**
 * The listener answers 202 whatever comes of a request, so the step asks until the run is there. All Pods of a Job ask
 * for the same name: one run comes of them, however often one is repeated.
 */
export const startRun: Step<typeof contract> = {
  contract,
  async perform(request, context) {
    const id = identify(request);
    const run = `${runNamePrefix(request.model, 'schedule')}${id}`;
    if ((await context.api().read('pipelineruns', run)) === undefined) {
      await post(request, id, context);
      if ((await context.api().read('pipelineruns', run)) === undefined)
        throw new OutsideError(`The listener took the request, but there is no PipelineRun ${run} yet`);
    }
    context.log(`The PipelineRun ${run} is there.`);
    return {};
  },
};

/** A Job that a person made of the CronJob has a name of its own. */
function identify({ schedule, job }: Request): string {
  const id = job.startsWith(`${schedule}-`) ? job.slice(schedule.length + 1) : job;
  if (new RegExp(requestId).test(id)) return id;
  throw new StepFailure(`The name of the Job, ${job}, is too long for that of a run: 31 characters at most.`);
}

async function post(request: Request, id: string, { listenerToken }: StepContext): Promise<void> {
  const { model, listener, authority } = request;
  const status = await postJson({
    url: listener,
    authority,
    token: listenerToken(),
    body: { [requestFields.startedBy]: 'schedule', [requestFields.model]: model, [requestFields.id]: id },
  });
  if (status < 200 || status > 299) throw new OutsideError(`The listener ${listener} answers ${status}`);
}
