import type { Construct } from 'constructs';
import type { Receiver } from '../../config/model.js';
import { formatPrometheusDuration } from '../../config/values/duration.js';
import {
  AlertmanagerConfig,
  AlertmanagerConfigSpecRouteMatchersMatchType,
} from '../../imports/monitoring.coreos.com.js';
import type {
  AlertmanagerConfigSpecReceivers,
  AlertmanagerConfigSpecRoute,
  AlertmanagerConfigSpecRouteMatchers,
} from '../../imports/monitoring.coreos.com.js';
import { alertLabels, alertNames, groupBy, receivers, startsRuns } from '../contract.js';
import { labels, listenerUrl, modelObjectName, syncWave } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import type { ModelInEnvironment } from '../model-in-environment.js';

/** Platform, model and one of the model's deployments. */
export type AlertRoutingProps = ModelInEnvironment;

/** Where the alerts of one model in one environment go: to the listener that starts runs, and to people. */
export class AlertRouting extends DriftloopChart {
  constructor(scope: Construct, id: string, props: AlertRoutingProps) {
    const { platform, model, deployment } = props;
    super(scope, id, { namespace: deployment.environment.namespace });
    new AlertmanagerConfig(this, 'routes', {
      metadata: {
        name: modelObjectName(model.name),
        annotations: { [syncWave.annotation]: syncWave.models },
        labels: {
          ...platform.alerting.routeLabels,
          [labels.model]: model.name,
          [labels.environment]: deployment.environment.name,
        },
      },
      spec: { route: rootRoute(props), receivers: describeReceivers(props) },
    });
  }
}

/** Takes all alerts of this model; the operator adds the namespace and lets others see them too (`continue`). */
function rootRoute(props: AlertRoutingProps): AlertmanagerConfigSpecRoute {
  const { model, deployment, platform } = props;
  return {
    receiver: receivers.none,
    groupBy: [...groupBy],
    matchers: [
      equal(alertLabels.model, model.name),
      equal(alertLabels.environment, deployment.environment.name),
    ],
    routes: [
      ...(startsRuns(deployment) ? [retrainRoute(props)] : []),
      ...platform.receivers.map((receiver, index) =>
        notifyRoute(receiver, index < platform.receivers.length - 1),
      ),
    ],
  };
}

/** Without a repeat a run that the listener lost would be lost for good: it answers before it acts. */
function retrainRoute({ platform: { alerting } }: AlertRoutingProps): AlertmanagerConfigSpecRoute {
  return {
    receiver: receivers.retrain,
    matchers: [equal('alertname', alertNames.retrain), equal(alertLabels.action, 'retrain')],
    groupBy: [...groupBy],
    groupWait: formatPrometheusDuration(alerting.groupWait),
    groupInterval: formatPrometheusDuration(alerting.groupInterval),
    repeatInterval: formatPrometheusDuration(alerting.repeatInterval),
  };
}

/** People are told at Alertmanager's own pace, which the operator of the cluster sets. */
function notifyRoute(receiver: Receiver, othersFollow: boolean): AlertmanagerConfigSpecRoute {
  return {
    receiver: receivers.notify(receiver.name),
    matchers: [equal(alertLabels.action, 'notify')],
    groupBy: [...notifyGroupBy],
    ...(othersFollow ? { continue: true } : {}),
  };
}

/** Detectors whose metric is missing are told apart. */
const notifyGroupBy = [...groupBy, alertLabels.detector];

function describeReceivers(props: AlertRoutingProps): AlertmanagerConfigSpecReceivers[] {
  return [
    { name: receivers.none },
    ...(startsRuns(props.deployment) ? [retrainReceiver(props)] : []),
    ...props.platform.receivers.map(notifyReceiver),
  ];
}

/** One alert per request, firing only, and the token nowhere but in the Secret. */
function retrainReceiver({ platform }: AlertRoutingProps): AlertmanagerConfigSpecReceivers {
  const { name, key } = platform.alerting.tokenSecret;
  return {
    name: receivers.retrain,
    webhookConfigs: [
      {
        url: listenerUrl(platform.namespaces.toolings),
        sendResolved: false,
        maxAlerts: 1,
        httpConfig: {
          authorization: { type: 'Bearer', credentials: { name, key } },
          followRedirects: false,
        },
      },
    ],
  };
}

/** All alerts of a group are about one model, so its owner stands once. */
const slackText = [
  '{{ range .Alerts }}{{ .Annotations.description }}',
  '{{ .Annotations.next_steps }}',
  '{{ end }}{{ with .CommonAnnotations.owner }}Owner: {{ . }}{{ end }}',
].join('\n');

function notifyReceiver(receiver: Receiver): AlertmanagerConfigSpecReceivers {
  const name = receivers.notify(receiver.name);
  if (receiver.kind === 'slack') {
    return {
      name,
      slackConfigs: [
        {
          apiUrl: { name: receiver.apiUrl.name, key: receiver.apiUrl.key },
          channel: receiver.channel,
          sendResolved: true,
          title: '[{{ .Status | toUpper }}] {{ .CommonAnnotations.summary }}',
          text: slackText,
        },
      ],
    };
  }
  const target =
    typeof receiver.url === 'string' ? { url: receiver.url } : { urlSecret: { ...receiver.url } };
  return { name, webhookConfigs: [{ ...target, sendResolved: true }] };
}

/** The generated class copies child routes as they are, so a value is written the way the API spells it. */
function equal(name: string, value: string): AlertmanagerConfigSpecRouteMatchers {
  return { name, matchType: AlertmanagerConfigSpecRouteMatchersMatchType.VALUE_EQUALS, value };
}
