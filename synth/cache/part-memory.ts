import type { ModelMemory, ResolvedModel } from '../../config/model-memory.js';
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

/** All that is kept, by what it was made of: who is given the same finds the same. */
export interface Kept {
  readonly parts: ReadonlyMap<string, KeptPart>;
  readonly models: ReadonlyMap<string, ResolvedModel>;
}

export const nothingKept: Kept = { parts: new Map(), models: new Map() };

/**
 * What came of the models and parts of the last synthesis, and of this one. Both are recalled by keys that stand for
 * everything they were made of and judged by; whatever cannot be read or kept counts as never seen.
 */
export class PartMemory<Verdict> {
  readonly models: ModelMemory;
  private readonly parts = new Map<string, KeptPart>();
  private readonly resolved = new Map<string, ResolvedModel>();
  private readonly store: PartStore;
  private isComplete = true;

  /** @param needsTexts false: what is recalled stands in the output already */
  constructor(
    cache: string,
    private readonly known: Kept,
    private readonly needsTexts: boolean,
  ) {
    this.store = new PartStore(cache);
    this.models = {
      recall: (key) => known.models.get(key),
      keep: (key, model) => this.resolved.set(key, model),
    };
  }

  recall(key: string): KnownPart<Verdict> | undefined {
    const part = this.known.parts.get(key);
    if (part === undefined) return undefined;
    const units = this.needsTexts ? attempt(() => this.store.read(part)) : this.store.recall(part);
    if (units === undefined) return undefined;
    this.parts.set(key, part);
    return { units, verdict: part.verdict as Verdict }; // The key tells programs apart, too.
  }

  keep(key: string, { units, verdict }: KnownPart<Verdict>): void {
    const part = attempt(() => this.store.save(units));
    if (part === undefined) this.isComplete = false;
    else this.parts.set(key, { ...part, verdict });
  }

  /** All of this synthesis; undefined: something could not be kept. */
  finish(): Kept | undefined {
    return this.isComplete ? { parts: this.parts, models: this.resolved } : undefined;
  }
}
