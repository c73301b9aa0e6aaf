import type { Construct } from 'constructs';
import { AlertmanagerConfigSpecRouteMatchersMatchType } from '../../imports/monitoring.coreos.com.js';
import type {
  AlertmanagerConfigSpec,
  AlertmanagerConfigSpecRouteMatchers,
} from '../../imports/monitoring.coreos.com.js';
import { alertLabels } from '../contract.js';
import { labels, syncWave } from '../conventions.js';
import type { ModelInEnvironment } from '../model-in-environment.js';
import { addServedConfig } from './served-config.js';

/** What routes of a model have in common: where Alertmanager finds them, and whose alerts they take. */
export function addAlertmanagerConfig(
  scope: Construct,
  name: string,
  { platform, model, deployment }: ModelInEnvironment,
  spec: AlertmanagerConfigSpec,
): void {
  addServedConfig(scope, 'routes', platform, {
    metadata: {
      name,
      annotations: { [syncWave.annotation]: syncWave.models },
      labels: {
        ...platform.alerting.routeLabels,
        [labels.model]: model.name,
        [labels.environment]: deployment.environment.name,
      },
    },
    spec,
  });
}

/** The operator adds the namespace, and lets others see the alerts too (`continue`). */
export function matchSubject({
  model,
  deployment,
}: ModelInEnvironment): AlertmanagerConfigSpecRouteMatchers[] {
  return [equal(alertLabels.model, model.name), equal(alertLabels.environment, deployment.environment.name)];
}

/** The generated class copies child routes as they are, so a value is written the way the API spells it. */
export function equal(name: string, value: string): AlertmanagerConfigSpecRouteMatchers {
  return { name, matchType: AlertmanagerConfigSpecRouteMatchersMatchType.VALUE_EQUALS, value };
}

/** One of some values; none of ours has a character that a regular expression reads differently. */
export function oneOf(name: string, values: readonly string[]): AlertmanagerConfigSpecRouteMatchers {
  const [value = ''] = values;
  return values.length === 1
    ? equal(name, value)
    : {
        name,
        matchType: AlertmanagerConfigSpecRouteMatchersMatchType.VALUE_EQUAL_TILDE,
        value: values.join('|'),
      };
}
