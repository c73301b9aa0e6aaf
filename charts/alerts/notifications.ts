import type { Construct } from 'constructs';
import { planAudience } from '../../config/audience.js';
import type { Listener } from '../../config/audience.js';
import { formatPrometheusDuration } from '../../config/values/duration.js';
import type { Duration } from '../../config/values/duration.js';
import type {
  AlertmanagerConfigSpecRoute,
  AlertmanagerConfigSpecRouteMatchers,
} from '../../imports/monitoring.coreos.com.js';
import { alertLabels, notifyGroupBy, receivers } from '../contract.js';
import { notificationsName } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import type { ModelInEnvironment } from '../model-in-environment.js';
import { addAlertmanagerConfig, equal, matchSubject, oneOf } from './alertmanager-config.js';
import { planInhibition } from './inhibition.js';
import { describeReceiver } from './people.js';
import { describeTimeIntervals } from './time-intervals.js';

/** Platform, model and one of the model's deployments. */
export type NotificationsProps = ModelInEnvironment;

/** Who is told what about one model in one environment. Alerts that start runs never come here. */
export class Notifications extends DriftloopChart {
  constructor(scope: Construct, id: string, props: NotificationsProps) {
    const { model, deployment } = props;
    super(scope, id, { namespace: deployment.environment.namespace });
    const listeners = listListeners(props);
    const people = [...new Set(listeners.map(({ receiver }) => receiver))];
    const muteTimeIntervals = describeTimeIntervals(people);
    const inhibitRules = planInhibition(props);
    addAlertmanagerConfig(this, notificationsName(model.name), props, {
      route: {
        receiver: receivers.none,
        groupBy: [...notifyGroupBy],
        matchers: [...matchSubject(props), equal(alertLabels.action, 'notify')],
        routes: listeners.map((listener, index) => routeTo(listener, index < listeners.length - 1)),
      },
      receivers: [{ name: receivers.none }, ...people.map(describeReceiver)],
      ...(inhibitRules.length === 0 ? {} : { inhibitRules }),
      ...(muteTimeIntervals.length === 0 ? {} : { muteTimeIntervals }),
    });
  }
}

/** Is anybody told about this model? Without anybody the chart has nothing to render. */
export function isHeard(context: ModelInEnvironment): boolean {
  return listListeners(context).length > 0;
}

function listListeners({ platform, model, deployment }: ModelInEnvironment): readonly Listener[] {
  return planAudience(platform.receivers, model, deployment).listeners;
}

/** What a receiver does not say is as the cluster's own root route says. */
function routeTo(listener: Listener, othersFollow: boolean): AlertmanagerConfigSpecRoute {
  const { receiver } = listener;
  const matchers = matchListener(listener);
  const { mute, active, groupWait, groupInterval, repeatInterval } = receiver;
  return {
    receiver: receivers.notify(receiver.name),
    ...(matchers.length === 0 ? {} : { matchers }),
    ...formatTiming('groupWait', groupWait),
    ...formatTiming('groupInterval', groupInterval),
    ...formatTiming('repeatInterval', repeatInterval),
    ...(mute.length === 0 ? {} : { muteTimeIntervals: mute.map(({ name }) => name) }),
    ...(active.length === 0 ? {} : { activeTimeIntervals: active.map(({ name }) => name) }),
    ...(othersFollow ? { continue: true } : {}),
  };
}

/** An alert without a category matches the empty text. */
function matchListener({ severities, categories }: Listener): AlertmanagerConfigSpecRouteMatchers[] {
  return [
    ...(severities.length === 0 ? [] : [oneOf(alertLabels.severity, severities)]),
    ...(categories.length === 0
      ? []
      : [
          oneOf(
            alertLabels.category,
            categories.map((category) => category ?? ''),
          ),
        ]),
  ];
}

function formatTiming(key: string, timing: Duration | undefined): Readonly<Record<string, string>> {
  return timing === undefined ? {} : { [key]: formatPrometheusDuration(timing) };
}
