import { concerns } from '../../config/audience.js';
import type { Model } from '../../config/model.js';
import type { RunEvent, RunNotifications, RunReceiver } from '../../config/model-runs.js';
import type { NotificationTarget, RunMessages } from '../tasks/notify.js';

/** What the step is told of who hears of a model's runs; undefined: nobody hears of any of these events. */
export function describeMessages(
  { receivers, on, title, text }: RunNotifications,
  model: Model,
  wanted: (event: RunEvent) => boolean,
): RunMessages | undefined {
  const events = on.filter(wanted);
  const near = receivers.filter((receiver) =>
    model.deployments.some(({ environment }) => concerns(receiver, model.name, environment.name)),
  );
  if (events.length === 0 || near.length === 0) return undefined;
  return { receivers: near.map(describeTarget), on: events, title, text };
}

function describeTarget(receiver: RunReceiver): NotificationTarget {
  const { name } = receiver;
  switch (receiver.kind) {
    case 'slack':
      return { kind: 'slack', name, channel: receiver.channel };
    case 'teams':
      return { kind: 'teams', name };
    case 'webhook':
      return { kind: 'webhook', name, ...(typeof receiver.url === 'string' ? { url: receiver.url } : {}) };
    case 'email': {
      const { to, from, smarthost, requireTls, username } = receiver;
      const login = username === undefined ? {} : { username };
      return { kind: 'email', name, to: [...to], from, smarthost, requireTls, ...login };
    }
  }
}
