import { interceptorName } from '../../charts/conventions.js';
import { mlflowSignature, senderParam } from '../../charts/verifier-contract.js';
import type { SecretReader, TriggerEvent } from '../../config/values/cel.js';
import { listAt, textAt } from '../fields.js';
import type { Interception } from './interceptors.js';
import { refuseMlflowEvent } from './mlflow-signature.js';

/** Our own interceptor, which verifies what MLflow sends. */
export interface RegistryInterceptor {
  /** Path below the Trigger's spec. */
  readonly path: string;
  /** Whose key; '': nobody's. */
  readonly sender: string;
}

export function isRegistry(interceptor: object): interceptor is RegistryInterceptor {
  return 'sender' in interceptor;
}

/** undefined: it is another one. */
export function readRegistry(written: unknown, name: string, path: string): RegistryInterceptor | undefined {
  if (name !== interceptorName(mlflowSignature)) return undefined;
  const param = listAt(written, 'params').find((each) => textAt(each, 'name') === senderParam);
  return { path, sender: textAt(param, 'value') ?? '' };
}

/** As in the cluster, but however old the event is: a captured one may be rehearsed at any time. */
export function verifyRegistry(
  { sender }: RegistryInterceptor,
  { headers, bodyText, extensions }: TriggerEvent,
  readSecret: SecretReader,
): Interception {
  const key = readSecret(sender, sender);
  if (key === undefined) return { outcome: 'refused', reason: `there is no Secret of "${sender}"` };
  const reason = refuseMlflowEvent({ headers, body: bodyText }, key, undefined);
  return reason === undefined ? { outcome: 'passed', extensions } : { outcome: 'refused', reason };
}
