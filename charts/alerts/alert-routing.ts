import type { Construct } from 'constructs';
import type { Platform, RemoteCluster } from '../../config/model.js';
import { formatPrometheusDuration } from '../../config/values/duration.js';
import type {
  AlertmanagerConfigSpecReceivers,
  AlertmanagerConfigSpecRoute,
} from '../../imports/monitoring.coreos.com.js';
import { alertLabels, alertNames, groupBy, receivers } from '../contract.js';
import { alertToken, alertsUrl, listenerUrl, modelObjectName } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import type { ModelInEnvironment } from '../model-in-environment.js';
import { addAlertmanagerConfig, equal, matchSubject } from './alertmanager-config.js';
import { trustListener } from '../retraining/listener-tls.js';

/** Platform, model and one of the model's deployments. */
export type AlertRoutingProps = ModelInEnvironment;

/**
 * Brings the retrain alert of one model in one environment to the listener that starts runs. People have an object of
 * their own (Notifications): the operator leaves out a whole AlertmanagerConfig when one Secret of it is missing, and
 * a chat that nobody reads must not stop the training.
 */
export class AlertRouting extends DriftloopChart {
  constructor(scope: Construct, id: string, props: AlertRoutingProps) {
    super(scope, id, { namespace: props.deployment.environment.namespace });
    addAlertmanagerConfig(this, modelObjectName(props.model.name), props, {
      route: {
        receiver: receivers.none,
        groupBy: [...groupBy],
        matchers: [...matchSubject(props), equal(alertLabels.action, 'retrain')],
        routes: [retrainRoute(props)],
      },
      receivers: [{ name: receivers.none }, retrainReceiver(props)],
    });
  }
}

/** Without a repeat a run that the listener lost would be lost for good: it answers before it acts. */
function retrainRoute({ platform: { alerting } }: AlertRoutingProps): AlertmanagerConfigSpecRoute {
  return {
    receiver: receivers.retrain,
    matchers: [equal('alertname', alertNames.retrain)],
    groupBy: [...groupBy],
    groupWait: formatPrometheusDuration(alerting.groupWait),
    groupInterval: formatPrometheusDuration(alerting.groupInterval),
    repeatInterval: formatPrometheusDuration(alerting.repeatInterval),
  };
}

/** One alert per request, firing only, and the token nowhere but in the Secret. */
function retrainReceiver({ platform, deployment }: AlertRoutingProps): AlertmanagerConfigSpecReceivers {
  const { cluster } = deployment.environment;
  const { name, key } = alertToken(platform, cluster);
  return {
    name: receivers.retrain,
    webhookConfigs: [
      {
        url: webhookUrl(platform, cluster),
        sendResolved: false,
        maxAlerts: 1,
        httpConfig: {
          authorization: { type: 'Bearer', credentials: { name, key } },
          followRedirects: false,
          ...trustListener(platform, cluster),
        },
      },
    ],
  };
}

/** Within the cluster by the listener's Service, from another one by what is exposed. */
function webhookUrl(platform: Platform, cluster: RemoteCluster | undefined): string {
  if (cluster === undefined) return listenerUrl(platform);
  if (platform.exposure === undefined)
    throw new Error(`no way leads from the cluster ${cluster.name} to the listener`);
  return alertsUrl(platform.exposure);
}
