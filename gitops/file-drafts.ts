import type { RenderedUnit } from '../synth/manifest.js';
import { isReservedPath, isSafePath } from './layout.js';
import { digestOf } from './ownership.js';
import type { Ownership } from './ownership.js';
import { isSelected } from './selection.js';
import type { Selection } from './selection.js';
import { objectIdOf } from './target-tree.js';
import type { TargetTree, TreeEntry } from './target-tree.js';

/** A file that may have to be written or deleted; files that are already as they must be have no draft. */
export interface FileDraft {
  readonly path: string;
  /** What was rendered; undefined: nothing any more. */
  readonly text: string | undefined;
  /** SHA-256 of `text`. */
  readonly digest: string | undefined;
  /** SHA-256 of what we wrote last; undefined: it is not ours. */
  readonly ownedDigest: string | undefined;
  /** Unit outside of this delivery that owns the path. */
  readonly otherOwner: string | undefined;
  /** What stands there; `folder` where it is one, or where a part of the path is a file. */
  readonly present: TreeEntry['kind'] | 'folder' | undefined;
  /** Does the rendered text stand there already? */
  readonly equal: boolean;
}

export interface UnitDraft {
  readonly name: string;
  readonly environment: string | undefined;
  readonly model: string | undefined;
  readonly files: readonly FileDraft[];
  /** SHA-256 of every rendered file, by path. */
  readonly digests: ReadonlyMap<string, string>;
  /** Rendered objects by file. */
  readonly objectCounts: ReadonlyMap<string, number>;
  /** Owned by the target, but not rendered any more. */
  readonly vanished: boolean;
}

/** Sorts out which files of the rendered units need a closer look; sorted by unit. */
export function draftDelivery(
  rendered: Iterable<RenderedUnit>,
  target: TargetTree,
  owned: Ownership,
  selection: Selection,
): readonly UnitDraft[] {
  const place = placeFinder(target);
  const texts = new Map<string, ReadonlyMap<string, string>>();
  const units: Omit<UnitDraft, 'files'>[] = [];
  const paths = new Set<string>();
  for (const unit of rendered) {
    if (texts.has(unit.unit.name)) throw new Error(`unit ${unit.unit.name} was rendered twice`);
    const files = checkedFiles(unit, paths);
    texts.set(unit.unit.name, keepDifferent(files, target, owned.get(unit.unit.name)?.files));
    units.push({ ...describe(unit), digests: mapValues(files, digestOf) });
  }
  for (const [name, { environment, model }] of owned) {
    if (texts.has(name) || !isSelected({ environment, model }, selection)) continue;
    units.push({ name, environment, model, vanished: true, digests: new Map(), objectCounts: new Map() });
  }
  const owners = ownersOf(owned, new Set(units.map((unit) => unit.name)));
  return units
    .map((unit) => {
      const drafts = [...(texts.get(unit.name) ?? [])].map(([path, text]) =>
        draft(path, text, owners, place),
      );
      const gone = [...(owned.get(unit.name)?.files.keys() ?? [])].filter((path) => !paths.has(path));
      const files = [...drafts, ...gone.map((path) => draft(path, undefined, owners, place))];
      return { ...unit, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Text by path; a path outside of the tree or claimed twice is a fault of the rendering. */
function checkedFiles(unit: RenderedUnit, paths: Set<string>): ReadonlyMap<string, string> {
  for (const { path } of unit.files) {
    if (!isSafePath(path) || isReservedPath(path)) {
      throw new Error(
        `unit ${unit.unit.name} rendered the file ${JSON.stringify(path)}, which must not be written`,
      );
    }
    if (paths.has(path)) throw new Error(`the file ${path} was rendered twice`);
    paths.add(path);
  }
  return new Map(unit.files.map((file) => [file.path, file.text]));
}

function keepDifferent(
  files: ReadonlyMap<string, string>,
  target: TargetTree,
  owned: ReadonlyMap<string, string> | undefined,
): ReadonlyMap<string, string> {
  return new Map(
    [...files].filter(([path, text]) => owned?.get(path) !== digestOf(text) || !stands(target, path, text)),
  );
}

function stands(target: TargetTree, path: string, text: string): boolean {
  const entry = target.entries.get(path);
  return entry?.kind === 'file' && entry.objectId === objectIdOf(text, entry.objectId);
}

function describe(rendered: RenderedUnit): Omit<UnitDraft, 'files' | 'digests'> {
  const objectCounts = new Map<string, number>();
  for (const { file } of rendered.manifests) objectCounts.set(file, (objectCounts.get(file) ?? 0) + 1);
  const { name, environment, model } = rendered.unit;
  return { name, environment, model, vanished: false, objectCounts };
}

interface Owner {
  readonly digest: string;
  /** Set when the owner is no part of this delivery. */
  readonly other: string | undefined;
}

function ownersOf(owned: Ownership, delivered: ReadonlySet<string>): ReadonlyMap<string, Owner> {
  return new Map(
    [...owned].flatMap(([name, unit]) =>
      [...unit.files].map(([path, digest]): [string, Owner] => [
        path,
        { digest, other: delivered.has(name) ? undefined : name },
      ]),
    ),
  );
}

interface Place {
  readonly present: FileDraft['present'];
  readonly equal: boolean;
}

function draft(
  path: string,
  text: string | undefined,
  owners: ReadonlyMap<string, Owner>,
  place: (path: string, text: string | undefined) => Place,
): FileDraft {
  const owner = owners.get(path);
  return {
    path,
    text,
    digest: text === undefined ? undefined : digestOf(text),
    ownedDigest: owner?.other === undefined ? owner?.digest : undefined,
    otherOwner: owner?.other,
    ...place(path, text),
  };
}

function placeFinder(target: TargetTree): (path: string, text: string | undefined) => Place {
  const folders = new Set<string>();
  for (const path of target.entries.keys()) for (const folder of foldersAbove(path)) folders.add(folder);
  return (path, text) => {
    const entry = target.entries.get(path);
    if (entry !== undefined)
      return { present: entry.kind, equal: text !== undefined && stands(target, path, text) };
    const blocked = folders.has(path) || foldersAbove(path).some((folder) => target.entries.has(folder));
    return { present: blocked ? 'folder' : undefined, equal: false };
  };
}

function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function mapValues<T>(
  map: ReadonlyMap<string, T>,
  change: (value: T) => string,
): ReadonlyMap<string, string> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
