import type { z } from 'zod';
import { notifiedAnnotation } from '../charts/conventions.js';
import { notify as contract } from '../charts/tasks/notify.js';
import type { NotificationTarget } from '../charts/tasks/notify.js';
import type { RunEvent } from '../config/model-runs.js';
import { receiverSecrets, receiverVariable } from '../config/values/receiver-variables.js';
import { OutsideError } from '../gitops/outside-error.js';
import { writeMessage } from './notification/message.js';
import type { Message } from './notification/message.js';
import { sendMessage } from './notification/send.js';
import { readRun } from './pipeline-run.js';
import type { Run } from './pipeline-run.js';
import { readReport } from './run-report.js';
import type { RunReport } from './run-report.js';
import { StepFailure } from './step-failure.js';
import type { Step, StepContext } from './step.js';

type Request = z.output<typeof contract.params>;

/**
 * Each message is noted on the PipelineRun before it is sent: a step that is killed and repeated may leave out a message,
 * but sends none twice.
 */
export const notify: Step<typeof contract> = {
  contract,
  async perform(request, context) {
    const { run, messages, moment } = request;
    const found = await readRun(context.api(), run);
    if (found === undefined) throw new StepFailure(`The PipelineRun ${run} is gone.`);
    const report = moment === 'begin' ? undefined : await readReport(context.api(), run);
    const events = listEvents(report).filter((event) => messages.on.includes(event));
    const sent = await Promise.all(
      events.flatMap((event) => {
        const message = writeMessage(messages, event, describeFacts(request, found, report));
        return messages.receivers.map((target) => tell(target, event, message, found, context));
      }),
    );
    return { notified: String(sent.filter(Boolean).length) };
  },
};

function listEvents(report: RunReport | undefined): readonly RunEvent[] {
  if (report === undefined) return ['started'];
  return [report.outcome, ...(report.pullRequest === undefined ? [] : (['proposed'] as const))];
}

function describeFacts(
  { model, run }: Request,
  { environment = '', startedBy = 'somebody' }: Run,
  report?: RunReport,
) {
  return {
    model,
    run,
    environment,
    startedBy,
    reason: report?.reason ?? '',
    summary: report?.sentence ?? '',
    version: report?.version ?? '',
    image: report?.image ?? '',
    metrics: report?.metrics ?? '',
    pullRequest: report?.pullRequest ?? '',
  };
}

/** Was it sent, now? */
async function tell(
  target: NotificationTarget,
  event: RunEvent,
  message: Message,
  { name, annotations }: Run,
  context: StepContext,
): Promise<boolean> {
  const key = notifiedAnnotation(event, target.name);
  if (annotations[key] !== undefined) {
    context.log(`${target.name} was told before that the run ${message.fields.event}.`);
    return false;
  }
  const note = (text: string) =>
    context.api().patch('pipelineruns', name, { metadata: { annotations: { [key]: text } } });
  await note(`sent ${context.now().toISOString()}`);
  const fault = await attempt(() => sendMessage(target, message, readAccess(target, context)), context);
  if (fault === undefined) {
    context.log(`Told ${target.name}: ${message.title}`);
    return true;
  }
  context.log(`${target.name} was not told: ${fault}`, 'warning');
  await note(`not sent: ${fault}`);
  return false;
}

/** In milliseconds; whoever is away longer misses this message. */
const pauses = [2_000, 10_000, 30_000];

/** What went wrong, or undefined. */
async function attempt(send: () => Promise<void>, { wait }: StepContext): Promise<string | undefined> {
  for (let count = 0; ; count += 1) {
    try {
      await send();
      return undefined;
    } catch (error) {
      if (error instanceof StepFailure) return error.message;
      if (!(error instanceof OutsideError)) throw error;
      const pause = pauses[count];
      if (pause === undefined) return error.message;
      await wait(pause);
    }
  }
}

function readAccess({ name }: NotificationTarget, { secret }: StepContext) {
  return Object.fromEntries(
    receiverSecrets.flatMap((field) => {
      const value = secret(receiverVariable(name, field));
      return value === undefined ? [] : [[field, value]];
    }),
  );
}
