import { listRemoteStarts } from '../../config/places.js';
import { listSources } from '../../config/model-triggers.js';
import type { Workspace } from '../../config/model.js';

/** What senders of events prove themselves with, and the certificate of those that come from outside. */
export function describeEventSecrets({ platform, models }: Workspace): readonly string[] {
  const { events, exposure, namespaces } = platform;
  const used = new Set(models.flatMap(listSources).map(({ name }) => name));
  const sources = events.filter(({ name }) => used.has(name));
  const remoteAlerts = models.some((model) => listRemoteStarts(model).length > 0);
  const isExposed =
    exposure?.kind === 'ingress' &&
    (remoteAlerts || sources.some(({ namespace }) => namespace === undefined));
  return [
    ...sources.map(
      ({ name, secret }) =>
        `- \`${secret.name}\` in \`${namespaces.toolings}\`: \`${secret.key}\`, what ${name} signs its events with, or its token`,
    ),
    ...(isExposed
      ? [
          `- \`${exposure.tlsSecret}\` in \`${namespaces.toolings}\`: \`tls.crt\` and \`tls.key\` of ${exposure.host}, unless an issuer makes it`,
        ]
      : []),
  ];
}
