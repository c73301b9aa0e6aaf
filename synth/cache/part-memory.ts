import type { Model } from '../../config/model.js';
import type { ModelMemory, ResolvedModel } from '../../config/model-memory.js';
import type { RenderedUnit } from '../manifest.js';
import { attempt } from './attempt.js';
import { makeSegment, readSegment } from './kept-file.js';
import type { Kept } from './kept-file.js';
import { digestOfValue } from './part-keys.js';
import { PartStore } from './part-store.js';
import type { StoredPart } from './part-store.js';

/** All that came of one part. */
export interface KnownPart<Verdict> {
  readonly units: readonly RenderedUnit[];
  readonly verdict: Verdict;
}

/** The same, as it is kept. */
interface KeptPart<Verdict> extends StoredPart {
  readonly verdict: Verdict;
}

/**
 * What parts are for: to `check` them, of which nothing is kept; to `update` an output that they stand in; or to `write`
 * all of them.
 */
export type Purpose = 'check' | 'update' | 'write';

/** A model, and what tells it from others. */
interface KeptModel {
  readonly resolved: ResolvedModel;
  readonly digest: string;
}

/**
 * What came of the models and parts of the last synthesis, and of this one. Both are recalled by keys that stand for
 * everything they were made of and judged by; whatever cannot be read or kept counts as never seen.
 */
export class PartMemory<Verdict> {
  readonly models: ModelMemory;
  private readonly parts = new Map<string, Uint8Array>();
  private readonly resolved = new Map<string, Uint8Array>();
  private readonly texts = new Set<string>();
  private readonly digests = new WeakMap<Model, string>();
  private readonly store: PartStore;
  private isComplete = true;

  constructor(
    cache: string,
    private readonly known: Kept,
    readonly purpose: Purpose,
  ) {
    this.store = new PartStore(cache);
    this.models = {
      recall: (key) => this.recallModel(key),
      keep: (key, resolved) => {
        if (purpose !== 'check') this.keepModel(key, resolved);
      },
    };
  }

  recall(key: string): KnownPart<Verdict> | undefined {
    const segment = this.known.parts.get(key);
    if (segment === undefined) return undefined;
    const part = readSegment(segment) as KeptPart<Verdict>; // The key tells programs apart, too.
    const units = this.purpose === 'write' ? attempt(() => this.store.read(part)) : this.store.recall(part);
    if (units === undefined) return undefined;
    this.parts.set(key, segment);
    this.texts.add(part.digest);
    return { units, verdict: part.verdict };
  }

  keep(key: string, { units, verdict }: KnownPart<Verdict>): void {
    const part = attempt(() => this.store.save(units));
    if (part === undefined) {
      this.isComplete = false;
      return;
    }
    this.parts.set(key, makeSegment({ ...part, verdict } satisfies KeptPart<Verdict>));
    this.texts.add(part.digest);
  }

  /** Tells a model from every other one. */
  digestOf(model: Model): string {
    const digest = this.digests.get(model) ?? digestOfValue(model);
    this.digests.set(model, digest);
    return digest;
  }

  /** All of this synthesis; undefined: something could not be kept. */
  finish(): Kept | undefined {
    return this.isComplete ? { parts: this.parts, models: this.resolved, texts: [...this.texts] } : undefined;
  }

  private recallModel(key: string): ResolvedModel | undefined {
    const segment = this.known.models.get(key);
    if (segment === undefined) return undefined;
    const { resolved, digest } = readSegment(segment) as KeptModel; // As above.
    this.digests.set(resolved.model, digest);
    return resolved;
  }

  private keepModel(key: string, resolved: ResolvedModel): void {
    const digest = this.digestOf(resolved.model);
    const segment = this.known.models.get(key) ?? makeSegment({ resolved, digest } satisfies KeptModel);
    this.resolved.set(key, segment);
  }
}
