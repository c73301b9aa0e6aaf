import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Platform } from '../../config/model.js';
import { AlertmanagerConfig } from '../../imports/monitoring.coreos.com.js';
import type { AlertmanagerConfigProps } from '../../imports/monitoring.coreos.com.js';

/**
 * An AlertmanagerConfig in the API version that the platform's clusters serve. Of what we write the two differ in the
 * name of the time intervals only: our matchers spell out `matchType`, and our secrets name and key.
 */
export function addServedConfig(
  scope: Construct,
  id: string,
  { capabilities }: Platform,
  props: AlertmanagerConfigProps,
): void {
  if (capabilities.alertmanagerConfig === 'v1alpha1') {
    new AlertmanagerConfig(scope, id, props);
    return;
  }
  const { kind, metadata, spec } = AlertmanagerConfig.manifest(props) as WrittenConfig; // `cdk8s import` returns `any`.
  const { muteTimeIntervals: timeIntervals, ...same } = spec;
  new ApiObject(scope, id, {
    apiVersion: 'monitoring.coreos.com/v1beta1',
    kind,
    metadata,
    spec: { ...same, ...(timeIntervals === undefined ? {} : { timeIntervals }) },
  });
}

interface WrittenConfig {
  readonly kind: string;
  readonly metadata: NonNullable<AlertmanagerConfigProps['metadata']>;
  readonly spec: { readonly muteTimeIntervals?: unknown };
}
