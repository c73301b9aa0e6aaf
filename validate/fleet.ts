import type { Manifest } from '../synth/manifest.js';
import { indexCluster } from './cluster.js';
import type { Cluster } from './cluster.js';

/** Everything rendered, as several clusters would hold it. */
export interface Fleet {
  /** The cluster of Argo CD and the toolings. */
  readonly home: Cluster;
  /** All clusters, home first. */
  readonly clusters: readonly Cluster[];
  /** The cluster that an object stands on. */
  of(manifest: Manifest): Cluster;
}

/** What is judged on one cluster, and what surrounds it there. */
export interface ClusterShare {
  readonly manifests: readonly Manifest[];
  readonly surroundings: readonly Manifest[];
}

const nothing: readonly Manifest[] = [];

export function indexFleet(manifests: readonly Manifest[], surroundings = nothing): Fleet {
  const clusters = new Map(
    [...divide(manifests, surroundings)].map(
      ([name, share]) => [name, indexCluster(share.manifests, share.surroundings)] as const,
    ),
  );
  const home = clusters.get(undefined);
  if (home === undefined) throw new Error('there is no cluster of the toolings');
  return {
    home,
    clusters: [...clusters.values()],
    of: ({ unit }) => clusters.get(unit.cluster) ?? home,
  };
}

/** The objects of each cluster, home first: two clusters may have objects of one namespace and name. */
export function divideByCluster(
  manifests: readonly Manifest[],
  surroundings = nothing,
): readonly ClusterShare[] {
  return [...divide(manifests, surroundings).values()];
}

function divide(
  manifests: readonly Manifest[],
  surroundings: readonly Manifest[],
): ReadonlyMap<string | undefined, ClusterShare> {
  const [judged, around] = [groupByCluster(manifests), groupByCluster(surroundings)];
  const names = new Set([undefined, ...judged.keys(), ...around.keys()]);
  return new Map(
    [...names].map((name) => [
      name,
      { manifests: judged.get(name) ?? nothing, surroundings: around.get(name) ?? nothing },
    ]),
  );
}

type Groups = ReadonlyMap<string | undefined, readonly Manifest[]>;

/** The surroundings of a thousand models are the same list. */
const groupsOf = new WeakMap<readonly Manifest[], Groups>();

function groupByCluster(manifests: readonly Manifest[]): Groups {
  const known = groupsOf.get(manifests) ?? makeGroups(manifests);
  groupsOf.set(manifests, known);
  return known;
}

/** Where all are on one cluster the list stays the same, and with it whatever was made of it. */
function makeGroups(manifests: readonly Manifest[]): Groups {
  const names = new Set(manifests.map(({ unit }) => unit.cluster));
  return new Map(
    [...names].map((name) => [
      name,
      names.size === 1 ? manifests : manifests.filter(({ unit }) => unit.cluster === name),
    ]),
  );
}
