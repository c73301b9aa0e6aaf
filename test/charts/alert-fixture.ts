import { App } from 'cdk8s';
import { AlertRouting } from '../../charts/alerts/alert-routing.js';
import { DriftAlerts } from '../../charts/alerts/drift-alerts.js';
import { Notifications } from '../../charts/alerts/notifications.js';
import type { DriftloopChart } from '../../charts/driftloop-chart.js';
import type { ModelInEnvironment } from '../../charts/model-in-environment.js';
import type { Detector, Receiver, ReceiverTarget } from '../../config/model.js';
import { duration } from '../../config/values/duration.js';
import type { KubernetesObject } from '../../synth/manifest.js';
import { model, platform } from './retraining-fixture.js';

/** The mean-shift detector of examples/jukebox. */
export const meanshift: Detector = {
  name: 'meanshift',
  category: 'drift',
  monitor: 'trustyai',
  request: undefined,
  severity: 'warning',
  metric: 'meanshift',
  meaning: 'p-value of the mean-shift test',
  source: {
    kind: 'gauge',
    series: 'trustyai_meanshift',
    labels: { model: 'jukebox' },
    featureLabel: 'subcategory',
    absolute: false,
  },
  bounds: { lower: 0.05, upper: undefined },
  features: ['danceability', 'energy', 'tempo'],
  atLeast: 1,
  for: duration('10m'),
  window: undefined,
  actions: ['notify', 'retrain'],
  position: undefined,
};

/** A ratio of the model's own requests. */
export const errors: Detector = {
  ...meanshift,
  name: 'errors',
  category: 'service',
  metric: 'error-ratio',
  meaning: 'share of failed requests',
  source: {
    kind: 'ratio',
    numerator: { series: 'requests_total', labels: { service: 'jukebox', code: '500' } },
    denominator: { series: 'requests_total', labels: { service: 'jukebox' } },
    window: duration('5m'),
  },
  bounds: { lower: undefined, upper: 0.05 },
  features: [],
  for: duration('15m'),
  actions: ['notify'],
};

/** A quantile of a histogram. */
export const latency: Detector = {
  ...errors,
  name: 'latency',
  metric: 'latency',
  meaning: 'p99 of the prediction time in seconds',
  source: {
    kind: 'quantile',
    histogram: 'request_predict_seconds',
    labels: { service: 'jukebox' },
    quantile: 0.99,
    window: duration('5m'),
  },
  bounds: { lower: undefined, upper: 0.5 },
  for: duration('10m'),
};

/** A band around zero, 3 of 5 evaluations, by two groups at least, held longer than the others. */
export const fairness: Detector = {
  ...meanshift,
  name: 'fairness',
  category: 'bias',
  metric: 'spd',
  meaning: 'statistical parity difference',
  source: {
    kind: 'gauge',
    series: 'trustyai_spd',
    labels: {},
    featureLabel: 'protected',
    absolute: false,
  },
  bounds: { lower: -0.1, upper: 0.1 },
  features: [],
  atLeast: 2,
  for: duration('30m'),
  window: { violated: 3, of: 5 },
};

/** The user's own PromQL, comment and all. */
export const own: Detector = {
  ...meanshift,
  name: 'own',
  category: 'quality',
  metric: 'promql',
  meaning: 'mean absolute error {{ of }} the last hour',
  source: {
    kind: 'promql',
    expression: 'avg_over_time(jukebox_mae{job="eval"}[1h]) # by the evaluation job',
    featureLabel: undefined,
  },
  bounds: { lower: undefined, upper: 12.5 },
  features: [],
};

/** Is told everything at once, unless `more` says otherwise. */
export function receiver(name: string, target: ReceiverTarget, more: Partial<Receiver> = {}): Receiver {
  return {
    name,
    severities: [],
    categories: [],
    models: [],
    environments: [],
    default: false,
    mute: [],
    active: [],
    sendResolved: true,
    title: undefined,
    text: undefined,
    groupWait: undefined,
    groupInterval: undefined,
    repeatInterval: undefined,
    ...more,
    ...target,
  };
}

export function contextOf(
  detectors: readonly Detector[],
  alerting: Partial<ModelInEnvironment['platform']['alerting']> = {},
): ModelInEnvironment {
  const environment = { name: 'test', namespace: 'mlops-test', team: undefined, cluster: undefined };
  const deployment = { environment, detectors, serving: undefined };
  return {
    platform: {
      ...platform,
      alerting: {
        ...platform.alerting,
        ruleLabels: { release: 'monitoring' },
        routeLabels: { alertmanager: 'main' },
        scrapeLabels: { release: 'monitoring' },
        ...alerting,
      },
      receivers: [
        receiver('archive', {
          kind: 'webhook',
          url: { name: 'archive', key: 'url' },
          bearerToken: undefined,
          basicAuth: undefined,
          ca: undefined,
        }),
        receiver('team-chat', {
          kind: 'slack',
          apiUrl: { name: 'team-chat', key: 'url' },
          channel: '#jukebox',
        }),
      ],
    },
    model: { ...model, deployments: [deployment] },
    deployment,
  };
}

/** Every kind of receiver, filter and time. */
export const allReceivers: readonly Receiver[] = [
  receiver(
    'archive',
    {
      kind: 'webhook',
      url: 'https://archive.mlops-tools.svc.cluster.local:8443/',
      bearerToken: { name: 'archive', key: 'token' },
      basicAuth: undefined,
      ca: { configMap: { name: 'cluster-ca', key: 'ca.crt' } },
    },
    { repeatInterval: duration('1d') },
  ),
  receiver(
    'bridge',
    {
      kind: 'webhook',
      url: { name: 'bridge', key: 'url' },
      bearerToken: undefined,
      basicAuth: { name: 'bridge', usernameKey: 'username', passwordKey: 'password' },
      ca: { secret: { name: 'bridge', key: 'ca.crt' } },
    },
    { environments: ['prod'] },
  ),
  receiver(
    'data-team',
    {
      kind: 'email',
      to: ['data@example.com', 'lead@example.com'],
      from: 'mlops@example.com',
      smarthost: 'smtp.example.com:587',
      username: 'mlops',
      password: { name: 'smtp', key: 'password' },
      requireTls: true,
      ca: undefined,
    },
    { categories: ['drift', 'bias'], groupWait: duration('5m'), groupInterval: duration('1h') },
  ),
  receiver(
    'on-call',
    {
      kind: 'pagerduty',
      routingKey: { name: 'pagerduty', key: 'routing-key' },
      url: 'https://events.eu.pagerduty.com/v2/enqueue',
      client: 'driftloop',
      clientUrl: 'https://git.example.com/mlops/gitops',
      severity: { warning: 'info', critical: 'critical' },
    },
    { severities: ['critical'], models: ['juke*'] },
  ),
  receiver(
    'team-chat',
    { kind: 'slack', apiUrl: { name: 'team-chat', key: 'url' }, channel: '#jukebox' },
    {
      severities: ['warning'],
      mute: [
        {
          name: 'mute-holidays',
          periods: [
            {
              times: [],
              weekdays: [],
              daysOfMonth: [{ start: 24, end: 26 }],
              months: [12],
              years: [{ start: 2026, end: 2026 }],
            },
          ],
        },
      ],
      active: [
        {
          name: 'active-office-hours',
          periods: [
            {
              times: [{ start: 420, end: 1020 }],
              weekdays: [1, 2, 3, 4, 5],
              daysOfMonth: [],
              months: [],
              years: [],
            },
          ],
        },
      ],
    },
  ),
  receiver('teams-channel', { kind: 'teams', url: { name: 'teams', key: 'url' } }, { sendResolved: false }),
  receiver(
    'the-rest',
    { kind: 'slack', apiUrl: { name: 'the-rest', key: 'url' }, channel: '#mlops' },
    { default: true },
  ),
];

export const jukebox = contextOf([meanshift]);
export const everyKind = contextOf([errors, fairness, latency, meanshift, own]);

/** A critical service beside drift that only warns, and everybody who may be told of it. */
export const everyReceiver: ModelInEnvironment = {
  ...contextOf([
    { ...errors, severity: 'critical' },
    meanshift,
    { ...meanshift, name: 'far', severity: 'critical' },
  ]),
  platform: { ...everyKind.platform, receivers: allReceivers },
};

export function renderAlerts(context: ModelInEnvironment): KubernetesObject {
  return only(new DriftAlerts(new App(), 'drift-alerts', context));
}

export function renderRoutes(context: ModelInEnvironment): KubernetesObject {
  return only(new AlertRouting(new App(), 'alert-routing', context));
}

export function renderNotifications(context: ModelInEnvironment): KubernetesObject {
  return only(new Notifications(new App(), 'notifications', context));
}

function only(chart: DriftloopChart): KubernetesObject {
  const [object] = chart.toJson();
  // Charts render whole objects; their static type is that of cdk8s, unknown.
  return object as KubernetesObject;
}
