import type { RenderedUnit } from '../manifest.js';
import { attempt } from './attempt.js';
import { PartStore } from './part-store.js';
import type { StoredPart } from './part-store.js';

/** All that came of one part. */
export interface KnownPart<Verdict> {
  readonly units: readonly RenderedUnit[];
  readonly verdict: Verdict;
}

/** The same, as it is kept. */
export interface KeptPart extends StoredPart {
  readonly verdict: unknown;
}

/** Parts by what they were made of: who is given the same finds the same. */
export type KeptParts = ReadonlyMap<string, KeptPart>;

/**
 * What came of the parts of the last synthesis, and of this one. A part is recalled by a key that stands for everything
 * it was made of and judged by; whatever cannot be read or kept counts as never seen.
 */
export class PartMemory<Verdict> {
  private readonly kept = new Map<string, KeptPart>();
  private readonly store: PartStore;
  private isComplete = true;

  /** @param needsTexts false: what is recalled stands in the output already */
  constructor(
    cache: string,
    private readonly known: KeptParts,
    private readonly needsTexts: boolean,
  ) {
    this.store = new PartStore(cache);
  }

  recall(key: string): KnownPart<Verdict> | undefined {
    const part = this.known.get(key);
    if (part === undefined) return undefined;
    const units = this.needsTexts ? attempt(() => this.store.read(part)) : this.store.recall(part);
    if (units === undefined) return undefined;
    this.kept.set(key, part);
    return { units, verdict: part.verdict as Verdict }; // The key tells programs apart, too.
  }

  keep(key: string, { units, verdict }: KnownPart<Verdict>): void {
    const part = attempt(() => this.store.save(units));
    if (part === undefined) this.isComplete = false;
    else this.kept.set(key, { ...part, verdict });
  }

  /** All parts of this synthesis; undefined: some could not be kept. */
  finish(): KeptParts | undefined {
    return this.isComplete ? this.kept : undefined;
  }
}
