import { stringify } from 'yaml';
import type { KubernetesObject } from '../../synth/manifest.js';
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
    routes: () => ['routes', listAt(route, 'routes').map((child) => convertRoute(child, config))],
  });
}

function convertMatcher(matcher: unknown): string {
  const [name, type, value] = ['name', 'matchType', 'value'].map((key) => textAt(matcher, key) ?? '');
  return `${name ?? ''}${type ?? ''}${JSON.stringify(value)}`;
}

function convertReceiver(receiver: unknown, config: KubernetesObject, outside: Outside) {
  return translate(receiver, {
    name: (value) => ['name', `${keyOf(config)}/${String(value)}`],
    webhookConfigs: () => [
      'webhook_configs',
      listAt(receiver, 'webhookConfigs').map((webhook) => convertWebhook(webhook, outside)),
    ],
    slackConfigs: () => [
      'slack_configs',
      listAt(receiver, 'slackConfigs').map((slack) => convertSlack(slack, outside)),
    ],
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
  });
}

function convertSlack(slack: unknown, outside: Outside): Record<string, unknown> {
  return translate(slack, {
    apiURL: (value) => ['api_url', readSecret(value, outside)],
    channel: (value) => ['channel', value],
    sendResolved: (value) => ['send_resolved', value],
    title: (value) => ['title', value],
    text: (value) => ['text', value],
  });
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
