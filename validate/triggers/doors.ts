import type { Manifest } from '../../synth/manifest.js';
import type { Cluster } from '../cluster.js';
import type { Fleet } from '../fleet.js';
import { exposingKinds, listenerBehind } from './exposing.js';
import type { Address } from './exposing.js';
import { findListener, portOfListener, readServiceAddress } from './listeners.js';

/** An address from which a listener can be reached from outside of its cluster. */
export interface Door extends Address {
  /** What is open. */
  readonly manifest: Manifest;
  readonly listener: Manifest;
}

/** What lets strangers in to a listener of a cluster, over TLS. */
export function listDoors(cluster: Cluster): readonly Door[] {
  return exposingKinds.flatMap(({ kind, isSecure, listBackends }) =>
    cluster
      .visible(kind)
      .filter(({ object }) => isSecure(object))
      .flatMap((manifest) =>
        listBackends(manifest.object).flatMap((backend) => {
          const listener = listenerBehind(cluster, manifest, backend);
          if (listener === undefined) return [];
          return backend.addresses.map((address) => ({ manifest, ...address, listener }));
        }),
      ),
  );
}

/** How a request gets to a listener. */
export interface Way {
  readonly listener: Manifest;
  /** undefined: within the cluster, by the listener's Service. */
  readonly door: Door | undefined;
}

/** From where an object stands, by a URL: within the cluster by a Service, from anywhere by what lets strangers in. */
export function findWay(fleet: Fleet, from: Manifest, url: string): Way | undefined {
  const cluster = fleet.of(from);
  const address = readServiceAddress(url);
  const near = address === undefined ? undefined : findListener(cluster, address);
  if (near !== undefined)
    return address?.port === portOfListener(near) ? { listener: near, door: undefined } : undefined;
  const { protocol, host, pathname } = readUrl(url);
  if (protocol !== 'https:') return undefined;
  const door = listDoors(fleet.home).find((each) => each.host === host && each.path === pathname);
  return door === undefined ? undefined : { listener: door.listener, door };
}

/** Empty parts when it is no URL. */
export function readUrl(url: string): Pick<URL, 'protocol' | 'host' | 'pathname'> {
  return URL.canParse(url) ? new URL(url) : { protocol: '', host: '', pathname: '' };
}
