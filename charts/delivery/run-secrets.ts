import { listSecrets } from '../alerts/people.js';
import type { Platform } from '../../config/model.js';

/** What our steps prove themselves with to servers of others, and how they know these. */
export function describeRunSecrets({ runs, registry, namespaces }: Platform): readonly string[] {
  const where = `in \`${namespaces.toolings}\``;
  const told = (runs.notify?.receivers ?? []).flatMap((receiver) =>
    listSecrets(receiver).map(
      ({ name, key }) =>
        `- \`${name}\` ${where}: \`${key}\` for what the receiver ${receiver.name} is told of runs`,
    ),
  );
  const servers = [
    ['Prometheus', runs.prometheus] as const,
    ['Alertmanager', runs.alertmanager] as const,
    ['the model registry', registry] as const,
  ];
  const needed = servers.flatMap(([name, server]) => {
    const { secret, configMap } = server?.ca ?? {};
    const token = server?.tokenSecret;
    return [
      ...(token === undefined ? [] : [`- \`${token.name}\` ${where}: \`${token.key}\`, a token for ${name}`]),
      ...(secret === undefined
        ? []
        : [`- \`${secret.name}\` ${where}: \`${secret.key}\`, the authority of the certificate of ${name}`]),
      ...(configMap === undefined
        ? []
        : [
            `- the ConfigMap \`${configMap.name}\` ${where}: \`${configMap.key}\`, the authority of the certificate of ${name}`,
          ]),
    ];
  });
  return [...needed, ...told];
}
