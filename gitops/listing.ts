import type { KubernetesObject, RenderedUnit } from '../synth/manifest.js';
import { listingUnit } from './layout.js';

export function isListing({ unit }: RenderedUnit): boolean {
  return unit.name === listingUnit;
}

/** What of the list some units need to be applied: their own Applications, and all that is no Application. */
export function entriesOf(listing: RenderedUnit, directories: ReadonlySet<string>): RenderedUnit {
  const foreign = new Set(
    listing.manifests.filter(({ object }) => isOfOthers(object, directories)).map(({ file }) => file),
  );
  return {
    unit: listing.unit,
    manifests: listing.manifests.filter(({ file }) => !foreign.has(file)),
    files: listing.files.filter(({ path }) => !foreign.has(path)),
  };
}

function isOfOthers(object: KubernetesObject, directories: ReadonlySet<string>): boolean {
  if (object.kind !== 'Application') return false;
  const source = fieldOf(object.spec, 'source');
  const path = fieldOf(source, 'path');
  // A chart of others may stand in a folder of the same name, in its own repository.
  if (fieldOf(source, 'helm') !== undefined) return true;
  return typeof path !== 'string' || !directories.has(path);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
