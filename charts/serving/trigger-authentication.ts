import type { Construct } from 'constructs';
import type { ScalingTarget, SecretKey } from '../../config/model.js';
import { TriggerAuthentication } from '../../imports/keda.sh.js';
import { rightsFirst } from '../security/rights.js';
import type { ServingMetadata } from './serving-metadata.js';

/** Tells KEDA where the token for Prometheus is, in a Secret of the environment's namespace. */
export function addTriggerAuthentication(
  scope: Construct,
  metadata: ServingMetadata,
  target: ScalingTarget,
): void {
  if (target.metric !== 'prometheus') return;
  const secrets = [...parameter('bearerToken', target.tokenSecret), ...parameter('ca', target.caSecret)];
  if (secrets.length === 0) return;
  new TriggerAuthentication(scope, 'trigger-authentication', {
    metadata: { ...metadata, ...rightsFirst },
    spec: { secretTargetRef: secrets },
  });
}

function parameter(
  name: string,
  secret: SecretKey | undefined,
): { parameter: string; name: string; key: string }[] {
  return secret === undefined ? [] : [{ parameter: name, name: secret.name, key: secret.key }];
}
