import type { RenderedUnit } from '../../synth/manifest.js';
import { isReservedPath, isSafePath, listingUnit } from '../target/layout.js';
import { entriesOf, isListing, keepFiles, ownerOfEntry } from './listing.js';
import { digestOf } from '../target/ownership.js';
import type { Ownership } from '../target/ownership.js';
import { placeFinder, stands } from '../target/place.js';
import type { Place } from '../target/place.js';
import { isSelected } from './selection.js';
import type { Selection } from './selection.js';
import type { TargetTree } from '../target/target-tree.js';

/** A file that may have to be written or deleted; files that are already as they must be have no draft. */
export interface FileDraft extends Place {
  readonly path: string;
  /** What was rendered; undefined: nothing any more. */
  readonly text: string | undefined;
  /** SHA-256 of `text`. */
  readonly digest: string | undefined;
  /** SHA-256 of what we wrote last; undefined: it is not ours. */
  readonly ownedDigest: string | undefined;
  /** Unit outside of this delivery that owns the path. */
  readonly otherOwner: string | undefined;
}

export interface UnitDraft extends Extent {
  readonly name: string;
  readonly environment: string | undefined;
  readonly model: string | undefined;
  readonly files: readonly FileDraft[];
}

/** What a unit consists of once it is delivered. */
interface Extent {
  /** SHA-256 of every file, by path. */
  readonly digests: ReadonlyMap<string, string>;
  /** Rendered objects by file. */
  readonly objectCounts: ReadonlyMap<string, number>;
  /**
   * `whole`: as it was rendered; `entries`: but for files of other parts of the delivery; `additions`: what the units of
   * this delivery need of it; `vanished`: owned by the target, but not rendered any more.
   */
  readonly delivered: 'whole' | 'entries' | 'additions' | 'vanished';
}

/**
 * Sorts out which files of the selected units need a closer look; sorted by unit. A unit that is new is applied by
 * nobody until it is listed, so its entry is delivered with it, even where the selection leaves the list out.
 */
export function draftDelivery(
  rendered: Iterable<RenderedUnit>,
  target: TargetTree,
  owned: Ownership,
  selection: Selection,
): readonly UnitDraft[] {
  const drafting = new Drafting(target, owned);
  const created = new Set<string>();
  const listing: RenderedUnit[] = [];
  const environments = new Set([...(selection.environments ?? []), ...(selection.exceptEnvironments ?? [])]);
  for (const unit of rendered) {
    if (unit.unit.environment !== undefined) environments.add(unit.unit.environment);
    if (isListing(unit) && selection.entries === true) listing.push(unit);
    else if (isSelected(unit.unit, selection)) {
      drafting.add(unit, 'whole');
      if (!owned.has(unit.unit.name)) created.add(unit.unit.directory);
    } else if (isListing(unit)) listing.push(unit);
  }
  if (selection.entries === true) {
    for (const { environment } of owned.values())
      if (environment !== undefined) environments.add(environment);
    const isOurs = (path: string) => isSelected(ownerOfEntry(path, environments), selection);
    const delivered = (selection.environments ?? []).length > 0 ? 'additions' : 'entries';
    for (const piece of listing) drafting.addEntries(piece, isOurs, delivered);
  } else if (created.size > 0) {
    for (const piece of listing) drafting.add(entriesOf(piece, created), 'additions');
  }
  for (const [name, unit] of owned) {
    if (selection.entries === true && name === listingUnit) continue;
    if (!drafting.has(name) && isSelected(unit, selection)) drafting.addVanished(name);
  }
  return drafting.finish();
}

/** A unit of which further pieces may come. */
interface OpenDraft extends Omit<UnitDraft, 'files'> {
  readonly digests: Map<string, string>;
  readonly objectCounts: Map<string, number>;
}

/** Gathers units piece by piece; of their texts only those that differ from the target are kept. */
class Drafting {
  private readonly units = new Map<string, OpenDraft>();
  private readonly texts = new Map<string, string>();
  private readonly paths = new Set<string>();

  constructor(
    private readonly target: TargetTree,
    private readonly owned: Ownership,
  ) {}

  has(name: string): boolean {
    return this.units.has(name);
  }

  add(rendered: RenderedUnit, delivered: 'whole' | 'additions'): void {
    const { name } = rendered.unit;
    this.addFiles(rendered, delivered, delivered === 'additions' ? this.owned.get(name)?.files : undefined);
  }

  /** Of the list of units: what belongs to this delivery as it was rendered, and all else as it stands. */
  addEntries(
    listing: RenderedUnit,
    isOurs: (path: string) => boolean,
    delivered: 'entries' | 'additions',
  ): void {
    const before = this.owned.get(listing.unit.name)?.files ?? new Map<string, string>();
    const kept = new Map([...before].filter(([path]) => !isOurs(path)));
    const ours = keepFiles(listing, ({ path }) => isOurs(path));
    if (ours.files.length === 0 && before.size === 0) return;
    this.addFiles(ours, delivered, kept);
  }

  private addFiles(
    rendered: RenderedUnit,
    delivered: 'whole' | 'entries' | 'additions',
    kept: ReadonlyMap<string, string> | undefined,
  ): void {
    const { name } = rendered.unit;
    const before = this.owned.get(name)?.files;
    const { digests, objectCounts } = this.units.get(name) ?? this.open(rendered, delivered, kept);
    for (const { path, text } of rendered.files) {
      if (kept?.has(path) === true) continue;
      this.claim(path, name);
      digests.set(path, digestOf(text));
      if (before?.get(path) !== digests.get(path) || !stands(this.target, path, text))
        this.texts.set(path, text);
    }
    for (const { file } of rendered.manifests) objectCounts.set(file, (objectCounts.get(file) ?? 0) + 1);
  }

  private open(
    { unit: { name, environment, model } }: RenderedUnit,
    delivered: OpenDraft['delivered'],
    kept: ReadonlyMap<string, string> | undefined,
  ): OpenDraft {
    const unit = {
      name,
      environment,
      model,
      digests: new Map(kept),
      objectCounts: new Map<string, number>(),
      delivered,
    };
    this.units.set(name, unit);
    return unit;
  }

  addVanished(name: string): void {
    const { environment, model } = this.owned.get(name) ?? {};
    const nothing = { digests: new Map<string, string>(), objectCounts: new Map<string, number>() };
    this.units.set(name, { name, environment, model, ...nothing, delivered: 'vanished' });
  }

  finish(): readonly UnitDraft[] {
    const draft = this.drafter();
    const units = [...this.units.values()].map((unit) => {
      const before = this.owned.get(unit.name)?.files ?? new Map<string, string>();
      const gone = [...before.keys()].filter((path) => !unit.digests.has(path) && !this.paths.has(path));
      const changed = [...unit.digests.keys()].filter((path) => this.texts.has(path));
      return { ...unit, files: [...changed, ...gone].sort().map(draft) };
    });
    return units.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** A path outside of the tree or claimed twice is a fault of the rendering. */
  private claim(path: string, unit: string): void {
    if (!isSafePath(path) || isReservedPath(path)) {
      throw new Error(`unit ${unit} rendered the file ${JSON.stringify(path)}, which must not be written`);
    }
    if (this.paths.has(path)) throw new Error(`the file ${path} was rendered twice`);
    this.paths.add(path);
  }

  private drafter(): (path: string) => FileDraft {
    const owners = new Map<string, { readonly digest: string; readonly other: string | undefined }>();
    for (const [name, unit] of this.owned) {
      const other = this.has(name) ? undefined : name;
      for (const [path, digest] of unit.files) owners.set(path, { digest, other });
    }
    const place = placeFinder(this.target);
    return (path) => {
      const text = this.texts.get(path);
      const owner = owners.get(path);
      return {
        path,
        text,
        digest: text === undefined ? undefined : digestOf(text),
        ownedDigest: owner?.other === undefined ? owner?.digest : undefined,
        otherOwner: owner?.other,
        ...place(path, text),
      };
    };
  }
}
