import type { KubernetesObject, RenderedFile, RenderedUnit } from '../../synth/manifest.js';
import { directories } from '../../synth/manifest.js';
import { listingUnit } from '../target/layout.js';
import type { Belonging } from './selection.js';

export function isListing({ unit }: RenderedUnit): boolean {
  return unit.name === listingUnit;
}

/** What of the list some units need to be applied: their own entries, and all that is no entry. */
export function entriesOf(listing: RenderedUnit, folders: ReadonlySet<string>): RenderedUnit {
  const foreign = new Set(
    listing.manifests.filter(({ object }) => isOfOthers(object, folders)).map(({ file }) => file),
  );
  return keepFiles(listing, (file) => !foreign.has(file.path) && !isIndexOfOthers(file, folders));
}

/** The files of a unit that fulfil a condition, with their objects. */
export function keepFiles(unit: RenderedUnit, isKept: (file: RenderedFile) => boolean): RenderedUnit {
  const files = unit.files.filter(isKept);
  const paths = new Set(files.map(({ path }) => path));
  return { unit: unit.unit, manifests: unit.manifests.filter(({ file }) => paths.has(file)), files };
}

/**
 * Whose entry a file of the list is, by its name: `<platform>.<environment>.<model>`, or
 * `<platform>.chart.<environment>.<chart>`; names of environments and models have no dots. What is no entry of an
 * environment belongs to none.
 */
export function ownerOfEntry(path: string, environments: ReadonlySet<string>): Belonging {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.(?:k8s\.yaml|json)$/, '');
  const [, first = '', second = '', third] = name.split('.');
  const chart = first === 'chart' && third !== undefined && environments.has(second);
  if (chart) return { environment: second, model: undefined };
  if (!environments.has(first) || second === '') return { environment: undefined, model: undefined };
  return { environment: first, model: second === 'platform' ? undefined : second };
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
