import type { PushTrigger } from '../../../config/model-triggers.js';
import type { TriggerInterceptor } from '../../../imports/triggers.tekton.dev.js';
import type { RunCause } from '../../contract.js';
import { eventsListenerName } from '../../conventions.js';
import { labelFromHeader } from './cel-text.js';
import type { EventTrigger } from './event-trigger.js';
import { forges } from './forges.js';
import type { Forge } from './forges.js';

/**
 * A push of a commit to one of the branches. The forge's signature is verified first; then the repository must be the
 * model's own. What is fetched is the URL of the model's file: none of the payload's URLs is ever used.
 */
export function planPush(cause: RunCause, push: PushTrigger): EventTrigger {
  const forge = forges[push.forge.kind];
  const { branch, commit, before } = forge.values(push);
  const digits = (expression: string) => `${expression}.translate('[^0-9a-f]', '')`;
  return {
    cause,
    listener: eventsListenerName,
    verifier: verifyForge(forge, push.forge.secret),
    conditions: forge.conditions(push),
    values: {
      // Pushing a branch back to an older commit is a push of its own, so the commit alone is no name.
      run: `${digits(commit)}.truncate(16) + '-' + ${digits(before)}.truncate(14)`,
      event: labelFromHeader(forge.deliveryHeader),
      branch,
      commit: digits(commit),
    },
  };
}

function verifyForge(forge: Forge, secret: { name: string; key: string }): TriggerInterceptor {
  return {
    name: 'signature',
    ref: { name: forge.interceptor, kind: 'ClusterInterceptor' },
    params: [
      { name: 'secretRef', value: { secretName: secret.name, secretKey: secret.key } },
      { name: 'eventTypes', value: [...forge.eventTypes] },
    ],
  };
}
