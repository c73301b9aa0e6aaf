/** What a receiver may want to be kept secret, or has besides its address. */
export const receiverSecrets = ['url', 'token', 'username', 'password', 'authority'] as const;

export type ReceiverSecret = (typeof receiverSecrets)[number];

/** Variable of a step with it; names of receivers are DNS labels, so no two have the same. */
export function receiverVariable(receiver: string, secret: ReceiverSecret): string {
  return `DRIFTLOOP_NOTIFY_${receiver.replaceAll('-', '_').toUpperCase()}__${secret.toUpperCase()}`;
}
