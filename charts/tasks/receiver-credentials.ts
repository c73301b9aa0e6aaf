import type { SecretKey } from '../../config/model.js';
import type { RunReceiver } from '../../config/model-runs.js';
import { receiverVariable } from '../../config/values/receiver-variables.js';
import type { ReceiverSecret } from '../../config/values/receiver-variables.js';
import type { CredentialVariable } from './credentials.js';

/**
 * Variables with what a receiver wants to be kept secret. A Secret that is missing silences its own receiver: it must not
 * keep the Pod that tells the others from starting.
 */
export function describeReceiverCredentials(receiver: RunReceiver): readonly CredentialVariable[] {
  return Object.entries(listReceiverSecrets(receiver)).flatMap(([field, source]) => {
    if (source === undefined) return [];
    // The keys of the table.
    const variable = receiverVariable(receiver.name, field as ReceiverSecret);
    const { name, key } = source.ref;
    const ref = { name, key, optional: true };
    return [{ name: variable, valueFrom: source.map ? { configMapKeyRef: ref } : { secretKeyRef: ref } }];
  });
}

interface Source {
  readonly ref: SecretKey;
  /** Is it in a ConfigMap? */
  readonly map: boolean;
}

function listReceiverSecrets(
  receiver: RunReceiver,
): Readonly<Partial<Record<ReceiverSecret, Source | undefined>>> {
  const secret = (ref: SecretKey | undefined) => ref && { ref, map: false };
  switch (receiver.kind) {
    case 'slack':
      return { url: secret(receiver.apiUrl) };
    case 'teams':
      return { url: secret(receiver.url) };
    case 'email':
      return { password: secret(receiver.password), authority: certificate(receiver.ca) };
    case 'webhook': {
      const { url, bearerToken, basicAuth, ca } = receiver;
      return {
        url: typeof url === 'string' ? undefined : secret(url),
        token: secret(bearerToken),
        username: basicAuth && secret({ name: basicAuth.name, key: basicAuth.usernameKey }),
        password: basicAuth && secret({ name: basicAuth.name, key: basicAuth.passwordKey }),
        authority: certificate(ca),
      };
    }
  }
}

function certificate(ca: { secret?: SecretKey | undefined; configMap?: SecretKey | undefined } | undefined) {
  if (ca?.secret !== undefined) return { ref: ca.secret, map: false };
  return ca?.configMap === undefined ? undefined : { ref: ca.configMap, map: true };
}
