import type { Receiver } from '../../config/model.js';
import type { AlertmanagerConfigSpecReceivers } from '../../imports/monitoring.coreos.com.js';
import { receivers } from '../contract.js';
import { messageText, messageTitle } from './messages.js';

/** A receiver as the Prometheus operator reads it. */
export function describeReceiver(receiver: Receiver): AlertmanagerConfigSpecReceivers {
  const name = receivers.notify(receiver.name);
  if (receiver.kind === 'slack') {
    return {
      name,
      slackConfigs: [
        {
          apiUrl: { name: receiver.apiUrl.name, key: receiver.apiUrl.key },
          channel: receiver.channel,
          sendResolved: true,
          title: messageTitle,
          text: messageText,
        },
      ],
    };
  }
  const target =
    typeof receiver.url === 'string' ? { url: receiver.url } : { urlSecret: { ...receiver.url } };
  return { name, webhookConfigs: [{ ...target, sendResolved: true }] };
}
