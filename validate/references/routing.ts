import type { Problem } from '../../problems/problem.js';
import { describeMatcher, faultOfMatcher } from '../alertmanager/matchers.js';
import { findReceiver, flattenRoutes, readRoutes } from '../alertmanager/routes.js';
import type { Route } from '../alertmanager/routes.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, listAt, textAt } from '../fields.js';
import type { Manifest } from '../../synth/manifest.js';
import { reportProblem } from '../report.js';
import { readUrl } from '../triggers/doors.js';
import type { Door } from '../triggers/doors.js';
import { findListener, hasCertificate, portOfListener, readServiceAddress } from '../triggers/listeners.js';

/** Routes name receivers that exist, their patterns compile, and webhooks to our listeners have the right address. */
export function checkRouting(cluster: Cluster, doors: readonly Door[]): readonly Problem[] {
  return [
    ...flattenRoutes(readRoutes(cluster.ofKind(kinds.alertmanagerConfig))).flatMap((route) => [
      ...checkReceiver(route),
      ...checkMatchers(route),
    ]),
    ...checkWebhooks(cluster, doors),
  ];
}

function checkReceiver(route: Route): readonly Problem[] {
  if (route.receiver !== '' && findReceiver(route.config, route.receiver) !== undefined) return [];
  return [
    reportProblem(route.config, 'REFERENCE_RECEIVER', {
      path: `${route.path}.receiver`,
      message: `the route sends alerts to receiver "${route.receiver}", which is not there.`,
      hint: 'The operator would leave out the whole AlertmanagerConfig.',
    }),
  ];
}

function checkMatchers(route: Route): readonly Problem[] {
  return route.matchers.flatMap((matcher) => {
    const fault = faultOfMatcher(matcher);
    if (fault === undefined) return [];
    return [
      reportProblem(route.config, 'REFERENCE_MATCHER', {
        path: `${route.path}.matchers`,
        message: `${describeMatcher(matcher)} is no regular expression of RE2: ${fault}.`,
        hint: 'Alertmanager would refuse its whole configuration, for everybody.',
      }),
    ];
  });
}

function checkWebhooks(cluster: Cluster, doors: readonly Door[]): readonly Problem[] {
  return cluster.ofKind(kinds.alertmanagerConfig).flatMap((config) =>
    listAt(config.object, 'spec', 'receivers').flatMap((receiver, receiverIndex) =>
      listAt(receiver, 'webhookConfigs').flatMap((webhook, index) => {
        const message = faultOfAddress(cluster, webhook) ?? faultOfDoor(textAt(webhook, 'url') ?? '', doors);
        const path = `spec.receivers[${receiverIndex}].webhookConfigs[${index}].url`;
        return message === undefined ? [] : [reportProblem(config, 'REFERENCE_LISTENER', { path, message })];
      }),
    ),
  );
}

/** Only addresses that look like a listener's are judged; others are somebody else's. */
function faultOfAddress(cluster: Cluster, webhook: unknown): string | undefined {
  const url = textAt(webhook, 'url') ?? '';
  const address = readServiceAddress(url);
  if (address?.service.startsWith('el-') !== true) return undefined;
  const listener = findListener(cluster, address);
  if (listener === undefined) {
    return `${url} is the Service of an EventListener "${address.service.slice(3)}" in namespace ${address.namespace}, which is not there.`;
  }
  const port = portOfListener(listener);
  if (address.port !== port) return `${url} has port ${address.port}, the listener's Service has ${port}.`;
  return faultOfScheme(url, address.secure, listener, webhook);
}

/** Only hosts that lead to our listeners are judged. */
function faultOfDoor(url: string, doors: readonly Door[]): string | undefined {
  const { protocol, host, pathname } = readUrl(url);
  const open = doors.filter((door) => door.host === host);
  if (open.length === 0) return undefined;
  if (protocol !== 'https:') return `${url} is no https, and the token would be read on its way.`;
  if (open.some(({ path }) => path === pathname)) return undefined;
  return `${url} leads to no listener: ${host} lets in ${open.map(({ path }) => path).join(', ')}.`;
}

function faultOfScheme(
  url: string,
  secure: boolean,
  listener: Manifest,
  webhook: unknown,
): string | undefined {
  if (!hasCertificate(listener))
    return secure ? `${url} is https, but the listener has no certificate.` : undefined;
  if (!secure) return `${url} is http, but the listener has a certificate and answers by https only.`;
  const trusts = fieldAt(webhook, 'httpConfig', 'tlsConfig', 'ca') !== undefined;
  return trusts
    ? undefined
    : `${url} has a certificate of the cluster's own authority, which \`tlsConfig.ca\` must name.`;
}
