import { builtInBasicAuth, builtInEmail, builtInPagerDuty, builtInReceiver } from '../catalogue/defaults.js';
import type { Receiver, ReceiverTarget } from '../model-notifications.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import type { ReceiverInput } from '../schema/receiver-schema.js';
import { duration } from '../values/duration.js';
import type { Duration } from '../values/duration.js';
import type { IntervalUse } from './resolve-time-intervals.js';
import { resolveTimeInterval } from './resolve-time-intervals.js';

/** The lowest layer of the receivers: what they get without having it written. */
export function defaultReceivers(inputs: PlatformInput['receivers'] = {}): { receivers?: object } {
  const given = Object.entries(inputs).map(([name, input]) => [name, defaultReceiver(input)] as const);
  return given.length === 0 ? {} : { receivers: Object.fromEntries(given) };
}

function defaultReceiver({ email, pagerduty, webhook }: ReceiverInput): object {
  return {
    ...builtInReceiver,
    ...(email && { email: builtInEmail }),
    ...(pagerduty && { pagerduty: builtInPagerDuty }),
    ...(webhook?.basicAuthSecret && { webhook: { basicAuthSecret: builtInBasicAuth } }),
  };
}

/** Sorted by name. What the schema cannot see was reported before (dialects/receivers.ts). */
export function resolveReceivers({
  receivers = {},
  timeIntervals = {},
}: Pick<PlatformInput, 'receivers' | 'timeIntervals'>): Receiver[] {
  return Object.entries(receivers)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([name, input]): Receiver[] => {
      const target = resolveTarget(input);
      if (target === undefined) return [];
      const intervals = (names: readonly string[] = [], use: IntervalUse) =>
        names.flatMap((each) => {
          const interval = Object.hasOwn(timeIntervals, each) ? timeIntervals[each] : undefined;
          return interval === undefined ? [] : [resolveTimeInterval(each, interval, use)];
        });
      return [
        {
          name,
          ...target,
          ...resolveFilters(input),
          mute: intervals(input.mute, 'mute'),
          active: intervals(input.active, 'active'),
          sendResolved: input.sendResolved ?? builtInReceiver.sendResolved,
          title: input.title,
          text: input.text,
          groupWait: optionalDuration(input.groupWait),
          groupInterval: optionalDuration(input.groupInterval),
          repeatInterval: optionalDuration(input.repeatInterval),
        },
      ];
    });
}

function resolveFilters(input: ReceiverInput) {
  const { severities = [], categories = [], models = [], environments = [] } = input;
  return { severities, categories, models, environments, default: input.default ?? builtInReceiver.default };
}

/** undefined: none was given. */
function resolveTarget(input: ReceiverInput): ReceiverTarget | undefined {
  const { slack, teams } = input;
  if (slack) return { kind: 'slack', apiUrl: slack.apiUrlSecret, channel: slack.channel };
  if (teams) return { kind: 'teams', url: teams.urlSecret };
  return resolveEmail(input) ?? resolvePagerDuty(input) ?? resolveWebhook(input);
}

function resolveEmail({ email }: ReceiverInput): ReceiverTarget | undefined {
  if (email === undefined) return undefined;
  const { to, from, smarthost, username, passwordSecret, requireTls } = email;
  return {
    kind: 'email',
    to: typeof to === 'string' ? [to] : to,
    from,
    smarthost,
    username,
    password: passwordSecret,
    requireTls: requireTls ?? builtInEmail.requireTls,
    ca: resolveCa(email.ca),
  };
}

function resolvePagerDuty({ pagerduty }: ReceiverInput): ReceiverTarget | undefined {
  if (pagerduty === undefined) return undefined;
  const { routingKeySecret, url, client, clientUrl, severity } = pagerduty;
  return {
    kind: 'pagerduty',
    routingKey: routingKeySecret,
    url,
    client: client ?? builtInPagerDuty.client,
    clientUrl,
    severity: {
      warning: severity?.warning ?? builtInPagerDuty.severity.warning,
      critical: severity?.critical ?? builtInPagerDuty.severity.critical,
    },
  };
}

function resolveWebhook({ webhook }: ReceiverInput): ReceiverTarget | undefined {
  const url = webhook?.urlSecret ?? webhook?.url;
  if (webhook === undefined || url === undefined) return undefined;
  const basic = webhook.basicAuthSecret;
  return {
    kind: 'webhook',
    url,
    bearerToken: webhook.bearerTokenSecret,
    basicAuth: basic && {
      name: basic.name,
      usernameKey: basic.usernameKey ?? builtInBasicAuth.usernameKey,
      passwordKey: basic.passwordKey ?? builtInBasicAuth.passwordKey,
    },
    ca: resolveCa(webhook.ca),
  };
}

/** The schema cannot see that exactly one is given; that was reported before. */
export function resolveCa(ca: NonNullable<ReceiverInput['webhook']>['ca']) {
  if (ca?.secret) return { secret: ca.secret };
  return ca?.configMap ? { configMap: ca.configMap } : undefined;
}

function optionalDuration(text: string | undefined): Duration | undefined {
  return text === undefined ? undefined : duration(text);
}
