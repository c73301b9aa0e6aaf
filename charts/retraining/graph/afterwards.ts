import type { RunEvent } from '../../../config/model-runs.js';
import { formatJson } from '../../tasks/json-param.js';
import { notify } from '../../tasks/notify.js';
import { record } from '../../tasks/record.js';
import { describeMessages } from '../run-messages.js';
import { runName, stepStage } from './stage.js';
import type { GraphContext, Stage } from './stage.js';

/** What happens at the end of every run, whatever became of it. */
export function planAfterwards(context: GraphContext): readonly Stage[] {
  return [
    stepStage(record, { model: context.model.name, run: runName }),
    ...planMessages(context, 'end', (event) => event !== 'started'),
  ];
}

/** What people are told when a run was admitted; nothing waits for it. */
export function planAnnouncement(context: GraphContext): readonly Stage[] {
  return planMessages(context, 'begin', (event) => event === 'started');
}

function planMessages(
  { platform, model }: GraphContext,
  moment: 'begin' | 'end',
  wanted: (event: RunEvent) => boolean,
): readonly Stage[] {
  const { notify: settings } = platform.runs;
  const messages = settings && describeMessages(settings, model, wanted);
  if (messages === undefined) return [];
  const params = { model: model.name, run: runName, moment, messages: formatJson(messages) };
  return [stepStage(notify, params, moment === 'begin' ? { name: 'announce' } : {})];
}
