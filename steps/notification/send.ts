import type { NotificationTarget } from '../../charts/tasks/notify.js';
import type { ReceiverSecret } from '../../config/values/receiver-variables.js';
import { StepFailure } from '../step-failure.js';
import { postMessage } from './post-message.js';
import type { Message } from './message.js';

/** What a receiver keeps secret, as far as its Secrets are there. */
export type ReceiverAccess = Readonly<Partial<Record<ReceiverSecret, string>>>;

/** Tells one receiver; whoever is away is an OutsideError, a receiver that cannot be told is a StepFailure. */
export async function sendMessage(
  target: NotificationTarget,
  message: Message,
  access: ReceiverAccess,
): Promise<void> {
  switch (target.kind) {
    case 'slack':
      return postMessage(demandUrl(target, access), access, describeForSlack(message, target.channel));
    case 'teams':
      return postMessage(demandUrl(target, access), access, describeForTeams(message));
    case 'webhook':
      return postMessage(target.url ?? demandUrl(target, access), access, describeForPrograms(message));
    case 'email': {
      const { sendMail } = await import('./send-mail.js');
      return sendMail(target, message, access);
    }
  }
}

function demandUrl({ name }: NotificationTarget, { url }: ReceiverAccess): string {
  if (url !== undefined && URL.canParse(url.trim())) return url.trim();
  throw new StepFailure(`the Secret with the address of ${name} is missing, or holds no URL.`);
}

/** `&`, `<` and `>` are all that Slack reads as its own. */
function describeForSlack({ title, text }: Message, channel: string): object {
  const plain = (words: string) =>
    words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return { channel, text: `*${plain(title)}*\n${plain(text)}` };
}

/** A card, as workflows of Teams post it. */
function describeForTeams({ title, text }: Message): object {
  const block = (words: string, more: object = {}) => ({
    type: 'TextBlock',
    wrap: true,
    text: words,
    ...more,
  });
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    // Cards break lines only between paragraphs.
    body: [block(title, { weight: 'Bolder', size: 'Medium' }), block(text.replaceAll('\n', '\n\n'))],
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  };
}

function describeForPrograms({ title, text, fields }: Message): object {
  return { ...fields, title, text };
}
