import type { SecretKey } from '../../../config/model.js';
import type { RunCause } from '../../contract.js';
import { requestFields, requestId } from '../../contract.js';
import { listenerName } from '../../conventions.js';
import { bearerToken, celText } from './cel-text.js';
import type { EventTrigger } from './event-trigger.js';

/** A request of our own form with the listener's token: what CronJobs send, and people. */
export function planRequest(cause: RunCause, model: string, token: SecretKey): EventTrigger {
  const { startedBy, model: named, id } = requestFields;
  const is = (field: string, value: string) => `has(body.${field}) && body.${field} == ${celText(value)}`;
  const name = `body.${id}.translate('[^-0-9a-z]', '')`;
  return {
    cause,
    listener: listenerName,
    verifier: undefined,
    conditions: [
      is(startedBy, cause),
      is(named, model),
      `has(body.${id}) && body.${id}.matches(${celText(requestId)})`,
      ...bearerToken(token),
    ],
    values: { run: name, event: name },
  };
}
