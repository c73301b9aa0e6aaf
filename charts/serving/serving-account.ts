import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ServingAccount } from '../../config/model.js';
import { servingAccountName } from '../conventions.js';
import { rightsFirst } from '../security/rights.js';
import type { ServingMetadata } from './serving-metadata.js';

/** Identity of a model's Pods. KServe finds the credentials of the model's store by its Secrets; it has no rights. */
export function addServingAccount(
  scope: Construct,
  { name, labels }: ServingMetadata,
  { secrets, annotations }: ServingAccount,
): void {
  new k8s.KubeServiceAccount(scope, 'account', {
    metadata: {
      name: servingAccountName(name),
      labels,
      annotations: { ...annotations, ...rightsFirst.annotations },
    },
    automountServiceAccountToken: false,
    ...(secrets.length === 0 ? {} : { secrets: secrets.map((secret) => ({ name: secret })) }),
  });
}
