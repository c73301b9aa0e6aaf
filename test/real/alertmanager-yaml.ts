import { stringify } from 'yaml';
import type { KubernetesObject } from '../../synth/manifest.js';
import { monthNames } from '../../config/values/calendar.js';
import { fieldAt, fieldsAt, listAt, textAt } from '../../validate/fields.js';

/** Where the real Prometheus operator would take what a manifest only refers to. */
export interface Outside {
  /** Content of a Secret of the AlertmanagerConfig's namespace. */
  readonly secret: (name: string, key: string) => string;
  /**
   * Another address for a URL.
   * @default - the URL itself
   */
  readonly redirect?: (url: string) => string;
  /**
   * Settings of the cluster's own root route, which ours inherit.
   * @default - none: Alertmanager's defaults
   */
  readonly base?: Readonly<Record<string, string>>;
  /**
   * Folder of certificates.
   * @default - where the operator mounts them
   */
  readonly certificates?: string;
}

/**
 * The alertmanager.yaml that the Prometheus operator (0.93, matcher strategy OnNamespace) makes of AlertmanagerConfigs
 * of version v1alpha1. It knows the fields that we render, and throws at any other, so that it cannot leave one out.
 */
export function makeAlertmanagerYaml(configs: readonly KubernetesObject[], outside: Outside): string {
  const sorted = [...configs].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return stringify(
    {
      route: { receiver: 'null', ...outside.base, routes: sorted.map(topRoute) },
      receivers: [
        { name: 'null' },
        ...sorted.flatMap((config) =>
          listAt(config, 'spec', 'receivers').map((receiver) => convertReceiver(receiver, config, outside)),
        ),
      ],
      ...inhibitRules(sorted),
      ...timeIntervals(sorted),
      templates: [],
    },
    { lineWidth: 0 },
  );
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** The operator adds the namespace, and lets every alert see the routes of all configurations. */
function topRoute(config: KubernetesObject): Record<string, unknown> {
  const route = convertRoute(fieldAt(config, 'spec', 'route'), config);
  const forced = `namespace="${config.metadata.namespace ?? ''}"`;
  const matchers = Array.isArray(route.matchers) ? (route.matchers as unknown[]) : [];
  return { ...route, matchers: [...matchers, forced], continue: true };
}

/** Names are those of the namespace and object, like the receivers'. */
function timeIntervals(configs: readonly KubernetesObject[]): Record<string, unknown> {
  const intervals = configs.flatMap((config) =>
    listAt(config, 'spec', 'muteTimeIntervals').map((interval) =>
      translate(interval, {
        name: (value) => ['name', `${keyOf(config)}/${String(value)}`],
        timeIntervals: () => ['time_intervals', listAt(interval, 'timeIntervals').map(convertPeriod)],
      }),
    ),
  );
  return intervals.length === 0 ? {} : { mute_time_intervals: intervals };
}

function convertPeriod(period: unknown): Record<string, unknown> {
  return translate(period, {
    weekdays: (value) => ['weekdays', value],
    times: () => [
      'times',
      listAt(period, 'times').map((time) =>
        translate(time, {
          startTime: (value) => ['start_time', value],
          endTime: (value) => ['end_time', value],
        }),
      ),
    ],
    daysOfMonth: () => [
      'days_of_month',
      listAt(period, 'daysOfMonth').map(
        (range) => `${String(fieldAt(range, 'start'))}:${String(fieldAt(range, 'end'))}`,
      ),
    ],
    // The operator counts months.
    months: () => ['months', listAt(period, 'months').map((range) => countMonths(String(range)))],
    years: (value) => ['years', value],
  });
}

function countMonths(range: string): string {
  return range
    .split(':')
    .map((name) => String(monthNames.indexOf(name) + 1))
    .join(':');
}

function intervalNames(route: unknown, key: string, config: KubernetesObject): readonly string[] {
  return listAt(route, key).map((name) => `${keyOf(config)}/${String(name)}`);
}

/** Source and target must both be of the namespace. */
function inhibitRules(configs: readonly KubernetesObject[]): Record<string, unknown> {
  const rules = configs.flatMap((config) =>
    listAt(config, 'spec', 'inhibitRules').map((rule) =>
      translate(rule, {
        sourceMatch: () => ['source_matchers', withNamespace(listAt(rule, 'sourceMatch'), config)],
        targetMatch: () => ['target_matchers', withNamespace(listAt(rule, 'targetMatch'), config)],
        equal: (value) => ['equal', value],
      }),
    ),
  );
  return rules.length === 0 ? {} : { inhibit_rules: rules };
}

function withNamespace(matchers: readonly unknown[], { metadata }: KubernetesObject): readonly string[] {
  return [...matchers.map(convertMatcher), `namespace="${metadata.namespace ?? ''}"`];
}

function convertRoute(route: unknown, config: KubernetesObject): Record<string, unknown> {
  return translate(route, {
    receiver: (value) => ['receiver', `${keyOf(config)}/${String(value)}`],
    groupBy: (value) => ['group_by', value],
    groupWait: (value) => ['group_wait', value],
    groupInterval: (value) => ['group_interval', value],
    repeatInterval: (value) => ['repeat_interval', value],
    continue: (value) => ['continue', value],
    matchers: () => ['matchers', listAt(route, 'matchers').map(convertMatcher)],
    muteTimeIntervals: () => ['mute_time_intervals', intervalNames(route, 'muteTimeIntervals', config)],
    activeTimeIntervals: () => ['active_time_intervals', intervalNames(route, 'activeTimeIntervals', config)],
    routes: () => ['routes', listAt(route, 'routes').map((child) => convertRoute(child, config))],
  });
}

function convertMatcher(matcher: unknown): string {
  const [name, type, value] = ['name', 'matchType', 'value'].map((key) => textAt(matcher, key) ?? '');
  return `${name ?? ''}${type ?? ''}${JSON.stringify(value)}`;
}

function convertReceiver(receiver: unknown, config: KubernetesObject, outside: Outside) {
  const many = (key: string, field: string, convert: (value: unknown, outside: Outside) => unknown) =>
    [key, listAt(receiver, field).map((each) => convert(each, outside))] as const;
  return translate(receiver, {
    name: (value) => ['name', `${keyOf(config)}/${String(value)}`],
    webhookConfigs: () => many('webhook_configs', 'webhookConfigs', convertWebhook),
    slackConfigs: () => many('slack_configs', 'slackConfigs', convertSlack),
    emailConfigs: () => many('email_configs', 'emailConfigs', convertEmail),
    msteamsv2Configs: () => many('msteamsv2_configs', 'msteamsv2Configs', convertTeams),
    pagerdutyConfigs: () => many('pagerduty_configs', 'pagerdutyConfigs', convertPagerDuty),
  });
}

function convertWebhook(webhook: unknown, outside: Outside): Record<string, unknown> {
  const redirect = (url: string) => outside.redirect?.(url) ?? url;
  return translate(webhook, {
    url: (value) => ['url', redirect(String(value))],
    urlSecret: (value) => ['url', readSecret(value, outside)],
    sendResolved: (value) => ['send_resolved', value],
    maxAlerts: (value) => ['max_alerts', value],
    httpConfig: (value) => ['http_config', convertHttp(value, outside)],
  });
}

function convertHttp(http: unknown, outside: Outside): Record<string, unknown> {
  return translate(http, {
    followRedirects: (value) => ['follow_redirects', value],
    authorization: (value) => [
      'authorization',
      translate(value, {
        type: (type) => ['type', type],
        credentials: (selector) => ['credentials', readSecret(selector, outside)],
      }),
    ],
    basicAuth: (value) => [
      'basic_auth',
      translate(value, {
        username: (selector) => ['username', readSecret(selector, outside)],
        password: (selector) => ['password', readSecret(selector, outside)],
      }),
    ],
    tlsConfig: (value) => ['tls_config', convertTls(value, outside)],
  });
}

function convertTls(tls: unknown, outside: Outside): Record<string, unknown> {
  const { certificates = '/etc/alertmanager/certs' } = outside;
  const file = (kind: number, selector: unknown) =>
    `${certificates}/${kind}_mlops-test_${textAt(selector, 'name') ?? ''}_${textAt(selector, 'key') ?? ''}`;
  const { secret, configMap } = fieldsAt(tls, 'ca');
  return {
    ...translate(tls, {
      ca: () => ['ca_file', secret === undefined ? file(1, configMap) : file(0, secret)],
    }),
    insecure_skip_verify: false,
  };
}

function convertSlack(slack: unknown, outside: Outside): Record<string, unknown> {
  return translate(slack, {
    apiURL: (value) => ['api_url', readSecret(value, outside)],
    channel: (value) => ['channel', value],
    sendResolved: (value) => ['send_resolved', value],
    color: (value) => ['color', value],
    title: (value) => ['title', value],
    text: (value) => ['text', value],
  });
}

function convertTeams(teams: unknown, outside: Outside): Record<string, unknown> {
  return translate(teams, {
    webhookURL: (value) => ['webhook_url', readSecret(value, outside)],
    sendResolved: (value) => ['send_resolved', value],
    title: (value) => ['title', value],
    text: (value) => ['text', value],
  });
}

function convertEmail(email: unknown, outside: Outside): Record<string, unknown> {
  return translate(email, {
    to: (value) => ['to', value],
    from: (value) => ['from', value],
    smarthost: (value) => ['smarthost', outside.redirect?.(String(value)) ?? value],
    authUsername: (value) => ['auth_username', value],
    authPassword: (value) => ['auth_password', readSecret(value, outside)],
    requireTLS: (value) => ['require_tls', value],
    sendResolved: (value) => ['send_resolved', value],
    tlsConfig: (value) => ['tls_config', convertTls(value, outside)],
    headers: () => ['headers', readPairs(email, 'headers')],
    text: (value) => ['text', value],
    html: (value) => ['html', value],
  });
}

function convertPagerDuty(pagerDuty: unknown, outside: Outside): Record<string, unknown> {
  const same =
    (key: string): Translation =>
    (value) => [key, value];
  return translate(pagerDuty, {
    routingKey: (value) => ['routing_key', readSecret(value, outside)],
    url: (value) => ['url', outside.redirect?.(String(value)) ?? value],
    client: same('client'),
    clientURL: same('client_url'),
    severity: same('severity'),
    description: same('description'),
    class: same('class'),
    component: same('component'),
    group: same('group'),
    details: () => ['details', readPairs(pagerDuty, 'details')],
    sendResolved: same('send_resolved'),
  });
}

function readPairs(config: unknown, field: string): Record<string, string> {
  return Object.fromEntries(
    listAt(config, field).map((pair) => [textAt(pair, 'key') ?? '', textAt(pair, 'value') ?? '']),
  );
}

function readSecret(selector: unknown, outside: Outside): string {
  return outside.secret(textAt(selector, 'name') ?? '', textAt(selector, 'key') ?? '');
}

type Translation = (value: unknown) => readonly [key: string, value: unknown];

function translate(value: unknown, fields: Readonly<Record<string, Translation>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fieldsAt({ value }, 'value')).map(([key, inner]) => {
      const translation = fields[key];
      if (translation === undefined) throw new Error(`the operator's way with ${key} is not written here`);
      return translation(inner);
    }),
  );
}
