import type { Workspace } from '../model.js';

/** Secrets of the toolings namespace with which the platform itself works: nothing that runs code of a model may read them. */
export function listPlatformSecrets({ platform, models }: Workspace): ReadonlySet<string> {
  const { alerting, events, exposure, gitCredentials, imageRegistry, registry, runs } = platform;
  return new Set([
    alerting.tokenSecret.name,
    ...events.map(({ secret }) => secret.name),
    ...[runs.prometheus, runs.alertmanager, registry].flatMap((server) => server?.tokenSecret?.name ?? []),
    ...(exposure?.kind === 'ingress' ? [exposure.tlsSecret] : []),
    ...(gitCredentials === undefined ? [] : [gitCredentials]),
    ...(imageRegistry?.credentials === undefined ? [] : [imageRegistry.credentials]),
    ...models.flatMap(({ packaging }) => packaging?.signing?.keySecret ?? []),
  ]);
}
