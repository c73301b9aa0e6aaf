import type { Construct } from 'constructs';
import type { AlertmanagerConfigSpecRoute } from '../../imports/monitoring.coreos.com.js';
import { alertLabels, notifyGroupBy, receivers } from '../contract.js';
import { notificationsName } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import type { ModelInEnvironment } from '../model-in-environment.js';
import { addAlertmanagerConfig, equal, matchSubject } from './alertmanager-config.js';
import { planInhibition } from './inhibition.js';
import { describeReceiver } from './people.js';

/** Platform, model and one of the model's deployments. */
export type NotificationsProps = ModelInEnvironment;

/** Who is told what about one model in one environment. Alerts that start runs never come here. */
export class Notifications extends DriftloopChart {
  constructor(scope: Construct, id: string, props: NotificationsProps) {
    const { platform, model, deployment } = props;
    super(scope, id, { namespace: deployment.environment.namespace });
    addAlertmanagerConfig(this, notificationsName(model.name), props, {
      route: {
        receiver: receivers.none,
        groupBy: [...notifyGroupBy],
        matchers: [...matchSubject(props), equal(alertLabels.action, 'notify')],
        routes: planRoutes(props),
      },
      receivers: [{ name: receivers.none }, ...platform.receivers.map(describeReceiver)],
      inhibitRules: planInhibition(props),
    });
  }
}

/** People are told at Alertmanager's own pace, which the operator of the cluster sets. */
function planRoutes({ platform }: NotificationsProps): AlertmanagerConfigSpecRoute[] {
  const last = platform.receivers.length - 1;
  return platform.receivers.map((receiver, index) => ({
    receiver: receivers.notify(receiver.name),
    ...(index < last ? { continue: true } : {}),
  }));
}
