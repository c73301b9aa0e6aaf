import { builtInAuthority, builtInCluster, builtInPlatform } from '../catalogue/defaults.js';
import type { ClusterDestination, Environment, RemoteCluster } from '../model.js';
import type { ProblemCollector } from '../problem-collector.js';
import { authoritySchema } from '../schema/cluster-schema.js';
import type { ClusterInput, ClustersInput } from '../schema/cluster-schema.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import { suggest } from '../suggest.js';
import type { Place } from '../problem-collector.js';
import type { Written } from './resolve-model.js';

/** The lowest layer of the clusters: what they get without having it written. */
export function defaultClusters(inputs: ClustersInput = {}): { clusters?: object } {
  const given = Object.entries(inputs).map(([key, { server, ca }]): [string, object] => [
    key,
    { ...(server === undefined && { name: key }), ...builtInCluster, ...(ca && { ca: builtInAuthority }) },
  ]);
  return given.length === 0 ? {} : { clusters: Object.fromEntries(given) };
}

/** The cluster that an environment names; one that is not there is reported, and that of the toolings stands in. */
export function findCluster(
  name: string | undefined,
  inputs: ClustersInput = {},
  place: Place,
  problems: ProblemCollector,
): RemoteCluster | undefined {
  if (name === undefined) return undefined;
  const input = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (input !== undefined) return resolveCluster(name, input);
  problems.error('CONFIG_CLUSTER_UNKNOWN', place, {
    message: `\`driftloop.yaml\` defines no cluster \`${name}\`.`,
    ...suggest(name, Object.keys(inputs)),
  });
  return undefined;
}

function resolveCluster(name: string, input: ClusterInput): RemoteCluster {
  return {
    name,
    destination: destinationOf(name, input),
    tektonMetrics: input.tektonMetrics ?? builtInCluster.tektonMetrics,
    ca: input.ca && authoritySchema.parse({ ...builtInAuthority, ...input.ca }),
  };
}

/** Clusters are found in one way, are different ones, and are needed. */
export function checkClusters(
  { file, input }: Written<PlatformInput>,
  environments: readonly Environment[],
  problems: ProblemCollector,
): void {
  const taken = new Map<string, string>([
    [wordsOf({ server: builtInPlatform.argocd.server }), ownCluster],
    [wordsOf({ name: 'in-cluster' }), ownCluster],
    [wordsOf({ server: input.argocd?.server ?? builtInPlatform.argocd.server }), ownCluster],
  ]);
  for (const [name, cluster] of Object.entries(input.clusters ?? {})) {
    const place = { file, path: ['clusters', name], key: true };
    const { server, name: argocdName } = cluster;
    if (server !== undefined && argocdName !== undefined) {
      const message = `The cluster \`${name}\` is found by its server and by its name.`;
      problems.error('CONFIG_VALUE', place, {
        message,
        hint: 'Argo CD takes one of them; remove the other.',
      });
    }
    const words = wordsOf(destinationOf(name, cluster));
    const other = taken.get(words);
    taken.set(words, other ?? `\`${name}\``);
    if (other !== undefined) {
      const message = `The cluster \`${name}\` is ${other} once more, by ${words}.`;
      const hint = other === ownCluster ? 'Environments there name no `cluster`.' : 'Describe it once.';
      problems.error('CONFIG_NAME_DUPLICATE', place, { message, hint });
    }
    if (!environments.some((environment) => environment.cluster?.name === name)) {
      const message = `No environment is on the cluster \`${name}\`.`;
      const hint = `Write \`cluster: ${name}\` into an environment, or remove the cluster.`;
      problems.warn('CONFIG_CLUSTER_UNUSED', place, { message, hint });
    }
  }
}

const ownCluster = 'the one of Argo CD and the toolings';

function destinationOf(key: string, { server, name }: ClusterInput): ClusterDestination {
  return server === undefined ? { name: name ?? key } : { server };
}

/** Argo CD overlooks a slash at the end. */
function wordsOf(destination: ClusterDestination): string {
  return 'server' in destination
    ? `the server \`${destination.server.toLowerCase().replace(/\/+$/, '')}\``
    : `the name \`${destination.name}\``;
}
