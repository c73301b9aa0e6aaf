import type { KubernetesObject, RenderedFile, RenderedUnit } from '../../synth/manifest.js';
import { directories } from '../../synth/manifest.js';
import { listingUnit } from '../target/layout.js';

export function isListing({ unit }: RenderedUnit): boolean {
  return unit.name === listingUnit;
}

/** What of the list some units need to be applied: their own entries, and all that is no entry. */
export function entriesOf(listing: RenderedUnit, folders: ReadonlySet<string>): RenderedUnit {
  const foreign = new Set(
    listing.manifests.filter(({ object }) => isOfOthers(object, folders)).map(({ file }) => file),
  );
  return {
    unit: listing.unit,
    manifests: listing.manifests.filter(({ file }) => !foreign.has(file)),
    files: listing.files.filter((file) => !foreign.has(file.path) && !isIndexOfOthers(file, folders)),
  };
}

function isOfOthers(object: KubernetesObject, folders: ReadonlySet<string>): boolean {
  if (object.kind !== 'Application') return false;
  const source = fieldOf(object.spec, 'source');
  const path = fieldOf(source, 'path');
  // A chart of others may stand in a folder of the same name, in its own repository.
  if (fieldOf(source, 'helm') !== undefined) return true;
  return typeof path !== 'string' || !folders.has(path);
}

/** In the style of one ApplicationSet, an entry is a file of its index. */
function isIndexOfOthers({ path, text }: RenderedFile, folders: ReadonlySet<string>): boolean {
  if (!path.startsWith(`${directories.unitIndex}/`)) return false;
  const folder = fieldOf(JSON.parse(text), 'folder');
  return typeof folder !== 'string' || !folders.has(folder);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
