import type { Platform } from '../../config/model.js';

/** What the steps of runs prove themselves with to servers of the monitoring, and how they know these. */
export function describeRunSecrets({ runs, namespaces }: Platform): readonly string[] {
  const where = `in \`${namespaces.toolings}\``;
  return [['Prometheus', runs.prometheus] as const, ['Alertmanager', runs.alertmanager] as const].flatMap(
    ([name, server]) => {
      const { secret, configMap } = server?.ca ?? {};
      const token = server?.tokenSecret;
      return [
        ...(token === undefined
          ? []
          : [`- \`${token.name}\` ${where}: \`${token.key}\`, a token that may read from ${name}`]),
        ...(secret === undefined
          ? []
          : [`- \`${secret.name}\` ${where}: \`${secret.key}\`, the authority of ${name}'s certificate`]),
        ...(configMap === undefined
          ? []
          : [
              `- the ConfigMap \`${configMap.name}\` ${where}: \`${configMap.key}\`, the authority of ${name}'s certificate`,
            ]),
      ];
    },
  );
}
