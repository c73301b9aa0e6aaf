import type { Platform, RemoteCluster } from '../../config/model.js';

/** Where Argo CD applies something, in its own words: it takes exactly one of them. */
export type Destination = { readonly server: string } | { readonly name: string };

/** @param cluster undefined: that of the toolings */
export function destinationOf({ argocd }: Platform, cluster: RemoteCluster | undefined): Destination {
  return cluster?.destination ?? { server: argocd.server };
}
