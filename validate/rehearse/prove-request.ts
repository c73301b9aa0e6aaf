import { canonicalHeaders } from '../../config/values/cel/headers.js';
import type { Headers } from '../../config/values/cel/headers.js';
import { proofHeaders } from '../triggers/forge-interceptors.js';
import { mlflowHeaders, signMlflowEvent } from '../triggers/mlflow-signature.js';
import type { RehearsalOptions, RehearsalRequest } from './rehearsal.js';

/** A request with what shows its origin, and the Secret that this is compared with. */
export interface ProvenRequest {
  readonly request: RehearsalRequest;
  readonly options: RehearsalOptions;
}

/** Whether a token or signature is the right one only the Secret could tell; without it, this stands for its content. */
const anyKey = 'rehearsed-key';

/**
 * Completes a captured request: the event of a forge or registry is signed when it carries no signature.
 * @param secret content of the Secret; undefined: nobody knows, and what the request presents counts as right
 */
export function proveRequest(request: RehearsalRequest, secret: string | undefined): ProvenRequest {
  const headers = canonicalHeaders(request.headers);
  const token = secret ?? presentedToken(headers);
  const key = token ?? anyKey;
  const proof = { ...proofHeaders(headers, request.body, key), ...signRegistry(headers, request.body, key) };
  const [name] = Object.keys(proof);
  if (name === undefined) return { request, options: token === undefined ? {} : { token } };
  if (secret !== undefined && headers.has(name)) return { request, options: { token: secret } };
  const others = Object.entries(request.headers).filter(
    ([header]) => header.toLowerCase() !== name.toLowerCase(),
  );
  const signed = { ...request, headers: { ...Object.fromEntries(others), ...proof } };
  return { request: signed, options: { token: key } };
}

/** Nothing for what comes from no registry. */
function signRegistry(headers: Headers, body: string, key: string): Readonly<Record<string, string>> {
  const [delivery] = headers.get(mlflowHeaders.delivery) ?? [];
  const [timestamp] = headers.get(mlflowHeaders.timestamp) ?? [];
  if (delivery === undefined || timestamp === undefined) return {};
  return { [mlflowHeaders.signature]: signMlflowEvent(delivery, timestamp, body, key) };
}

function presentedToken(headers: Headers): string | undefined {
  const bearer = /^Bearer (.+)$/.exec(headers.get('Authorization')?.[0] ?? '')?.[1];
  return bearer ?? headers.get('X-Gitlab-Token')?.[0];
}
