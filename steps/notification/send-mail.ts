import { isNativeError } from 'node:util/types';
import { createTransport } from 'nodemailer';
import type { NotificationTarget } from '../../charts/tasks/notify.js';
import { OutsideError } from '../../gitops/outside-error.js';
import type { Message } from './message.js';
import type { ReceiverAccess } from './send.js';

type MailTarget = Extract<NotificationTarget, { kind: 'email' }>;

/** In milliseconds. */
const deadline = 10_000;

/** Plain text, by SMTP; TLS from the beginning on port 465, and by STARTTLS on others. */
export async function sendMail(target: MailTarget, message: Message, access: ReceiverAccess): Promise<void> {
  const { to, from, smarthost, requireTls, username } = target;
  const { hostname, port } = new URL(`smtp://${smarthost}`);
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port),
    secure: port === '465',
    requireTLS: requireTls,
    connectionTimeout: deadline,
    greetingTimeout: deadline,
    socketTimeout: deadline,
    // Nothing of a message may name a file or an address to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(username === undefined ? {} : { auth: { user: username, pass: access.password ?? '' } }),
    ...(access.authority === undefined ? {} : { tls: { ca: access.authority } }),
  });
  try {
    await transport.sendMail({ from, to, subject: message.title, text: message.text });
  } catch (error) {
    if (!isNativeError(error)) throw error;
    throw new OutsideError(`the mail server ${smarthost} did not take the mail: ${error.message}`);
  } finally {
    transport.close();
  }
}
